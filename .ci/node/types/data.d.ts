// The data that scripts of the site read from files, keep in storage, or pass to each other.

/** The search index. Its parts are written by `site/search/index`; each is a script that pushes one of these values. */
declare namespace Litbook {
  type IndexPart =
    | Core
    | ScoresPart
    | CodesPart
    | WordsPart
    | VectorsPart
    | KeysPart
    | AcronymsPart
    | IdsPart
    | SaidPart
    | SaidTermsPart
    | SaidRowsPart
    | NearPart
    | TermsPart
    | PapersPart
    | IdentifyPart
    | DetailsHead
    | DetailsPart
    | VolumesPart;

  /** What every question needs, and the digests of the other parts. */
  interface Core {
    part: "core";
    format: number;
    papers: number;
    papersAPart: number;
    /** The other parts, in their order: of each kind how many, or 0 for one without a number. */
    files: [kind: string, count: number][];
    /** Digests of the parts, each of so many neighbours. */
    digests: string;
    shared: number;
    /** Compressed sizes of the parts of some kinds, a letter each. */
    sizes: Record<string, string>;
    /** The first string of each part with words, and the number of its first term. */
    wordStarts: [first: string, term: number][];
    /** The first key of each part with identifiers. */
    idStarts: string[];
    /** The first term of each part with postings of entries. */
    saidStarts: string[];
    /** The start of the first term of each part with postings, folded. */
    termStarts: string;
    /** The first word of each part with neighbours. */
    nearStarts: string[];
    rules: Rules;
    /** Facets with their values and without papers. */
    facets: Record<string, PackedFacet>;
  }

  /** What papers are scored and filtered with. */
  interface ScoresPart {
    part: "scores";
    /** The lengths of texts, a letter each. */
    lengths: string;
    themeTerms: [term: string, themes: number[]][];
    /** Of each facet the papers. */
    facets: Record<string, PackedFacet["papers"]>;
  }

  interface CodesPart {
    part: "codes";
    /** Frequent words by the length of their signs. */
    codes: PackedCodes[];
  }

  /** Runs of signs, and the words, folded, that some of them stand for in texts, each after a space. */
  type PackedCodes = [runs: [first: number, count: number][], words: string];

  /** The rules of `terms.py`: word forms are reduced in the browser exactly as they were for the index. */
  interface Rules {
    common: string[];
    /** Words that ask for papers rather than name what they are about. */
    asking: string[];
    folds: Record<string, string>;
    /** Ranges of marks that are letters, and of scripts without spaces, for a regular expression. */
    keptMarks: string;
    spaceless: string;
    spellings: Record<string, string>;
    /** What names nothing although its words do, for a regular expression. */
    unread: string;
    infixes: [old: string, replacement: string][];
    prefixes: [prefix: string, least: number][];
    steps: [ending: string, replacement: string, least: number][][];
  }

  /** Values that papers can be filtered by; `papers` holds by paper the number of its value, or -1 if unknown. */
  interface Facet<Held = number> {
    values: string[];
    names?: string[];
    /** Short names, for lists. */
    short?: string[];
    /** The name of the facet, if the review gives it one. */
    title?: string;
    /** Whether the values are numbers, which are filtered by a range. */
    range?: boolean;
    papers: Held[];
  }

  /** A facet whose papers' values are written in letters, so many each, 0 for none. */
  interface PackedFacet extends Omit<Facet<number | number[]>, "papers"> {
    papers: string | (number | number[])[];
    width?: number;
  }

  interface Facets {
    theme: Facet;
    kind: Facet;
    year: Facet;
    venue: Facet;
    code: Facet;
    /** The day on which a paper entered the collection. */
    seen: Facet;
    /** The reader's own marks, of which a paper may have several; only there once a reader made some. */
    read?: Facet<number[]>;
    /** The columns of choices and numbers that the review extracts. */
    [own: OwnName]: Facet<number[]> | undefined;
  }

  /** Terms, rarer forms after `=`, and written words, folded by `fold_strings`; `holders` counts a term's papers. */
  interface WordsPart {
    part: "words";
    first: number;
    terms: string;
    holders: number[];
    written: string;
  }

  /** What the search over the volumes of a review loads: `holders` has for each term numbers of volumes and papers, in turn. */
  type VolumesPart =
    | {
        part: "volumes";
        volumes: [name: string, title: string, papers: number, version: string, mean: number][];
        starts: string[];
        files: string[];
        rules: Rules;
      }
    | { part: "volume-words"; terms: string; holders: number[][] };

  interface AcronymsPart {
    part: "acronyms";
    acronyms: [acronym: string, long: string[]][];
  }

  /** What an identifier or a name leads to: a paper's number, or a person. */
  type Identified = number | Person;
  type Person = [name: string, papers: number, address: string];

  interface IdsPart {
    part: "ids";
    keys: string;
    found: Identified[];
  }

  interface VectorsPart {
    part: "vectors";
    /** By dimension the papers' values, a letter each, in units of `step`. */
    rows: string;
    step: number;
    /** How much each paper counts where a term is placed, a letter each. */
    weights: string;
    squares: number[];
  }

  interface KeysPart {
    part: "keys";
    keys: string;
  }

  interface NearPart {
    part: "near";
    words: string;
    rows: string;
  }

  /** Of each term the steps from paper to paper, and of each of these a value (count and fields), if it has one. */
  interface PackedPostings {
    steps: string;
    values: string;
  }

  interface TermsPart extends PackedPostings {
    part: "terms";
    first: number;
  }

  type PaperRow = [citekey: string, title: string, authors: string, abstract: string, code?: string, flag?: string];

  interface PapersPart {
    part: "papers";
    first: number;
    rows: PaperRow[];
  }

  type SaidKind = "tension" | "page" | "section" | "figure" | "term";

  /** The entries besides papers: of each its kind and the number of its page. */
  interface SaidPart {
    part: "said";
    pages: [address: string, title: string, audience: number][];
    kinds: SaidKind[];
    on: number[];
    rowStarts: number[];
  }

  interface SaidTermsPart extends PackedPostings {
    part: "said-terms";
    terms: string;
  }

  type Quoted = [citekey: string, name: string, quote: string, paper: number];
  type Sides = Quoted[][];
  type SaidMore = { sides: Sides; answers?: string[] };
  type SaidRow = [anchor: string, heading: string, text: string, more?: SaidMore];

  interface SaidRowsPart {
    part: "said-rows";
    first: number;
    rows: SaidRow[];
  }

  /** What identifies and names all papers, in columns. */
  interface IdentifyPart {
    part: "identify";
    keys: string;
    titles: string[];
    by: string[];
    years: number[];
    dois: string;
    arxiv: string;
    themes: [slug: string, title: string][];
    placed: number[];
    /** Labels of retractions and other serious notices, by citekey. */
    flags?: Record<string, string>;
  }

  interface DetailsHead {
    part: "details-head";
    /** The digest of each file of details, by its number. */
    files: string[];
    /** The first line of a CSV file. */
    columns: string;
  }

  interface DetailsPart {
    part: "details";
    number: number;
    papers: [citekey: string, detail: Detail][];
  }

  /** What is known of a paper; what is absent is unknown. */
  interface Detail {
    title?: string;
    authors?: string[];
    year?: number;
    venue?: string;
    /** That it was retracted, or another serious notice. */
    flag?: string;
    theme: string;
    themeTitle: string;
    kind?: string;
    gist?: string;
    gistSentence?: number;
    method?: string[];
    dataset?: string[];
    task?: string[];
    models?: string[];
    benchmarks?: string[];
    findings?: Finding[];
    /** What people extracted: the heading of each column, and its values with their quotations and sentences. */
    extracted?: [heading: string, values: [value: string, quote: string, sentence?: number][]][];
    bibtex: string;
    ris: string;
    csv: string;
  }

  /** A number that an abstract states, with the sentence that states it. */
  interface Finding {
    measured?: string;
    number: string;
    sentence: number;
    quote: string;
  }
}

/** The index in the browser, and what a search finds in it. */
declare namespace Litbook {
  type LoadPart = (name: string, version: string) => Promise<void>;

  interface Word {
    word: string;
    term: string;
    common: boolean;
    asking: boolean;
    /** Whether this is a hyphenated word written as one. */
    joined: boolean;
  }

  interface Reader {
    normalise(text: string): string;
    stem(word: string): string;
    read(text: string): Word[];
    locate(text: string): Located[];
  }

  /** A word, or a sign of a script without spaces, with its place in a text. */
  interface Located {
    at: number;
    length: number;
    words: Word[];
  }

  interface IndexedPaper {
    citekey: string;
    title: string;
    authors: string;
    abstract: string;
    code: string;
    flag: string;
  }

  /** An entry that was found. */
  interface Said {
    number: number;
    score: number;
    /** Share of the question, by its words' rarity, that the entry and its heading hold. */
    share: number;
    inHeading: number;
    kind: SaidKind;
    page: string;
    pageTitle: string;
    anchor: string;
    heading: string;
    text: string;
    sides?: Sides;
    /** What each side of a disagreement answers. */
    answers?: string[];
  }

  type Answer =
    | { kind: "person"; person: Person; entries: Said[] }
    | { kind: "tension" | "section" | "term" | "page"; entries: Said[] };

  interface SaidFound {
    answer: Answer | undefined;
    tensions: Said[];
    sections: Said[];
    others: Said[];
    editors: Said[];
  }

  /** The papers' vectors, one after the other, each of length 1. */
  interface Vectors {
    rows: Float32Array;
    size: number;
    weights: Float32Array;
    squares: number[];
  }

  /** The papers that hold a term, or the entries, and of each a value. */
  interface Postings {
    holders: Int32Array;
    values: Int32Array;
  }

  /** The parts of a kind: the place of the first one among all parts, how many there are, and their sizes. */
  interface PartKind {
    first: number;
    count: number;
    sizes: string;
  }

  interface Sentence {
    text: string;
    terms: Set<string>;
  }

  /** A word that is spelt nearly like another, its term, and how many papers hold it. */
  interface Alike {
    id: number;
    edits: number;
    other: string;
    held: number;
  }

  /** The index before `open` has loaded what every question needs. */
  interface ClosedStore {
    open(): Promise<Store>;
    /** Add the parts that have arrived since the last call. */
    take(): void;
    add(part: IndexPart): void;
    terms: string[];
    holders: number[];
    size: number;
    rarity(id: number): number;
  }

  interface Store extends ClosedStore {
    core: Core;
    size: number;
    facets: Facets;
    reader: Reader;
    themeTerms: Map<string, number[]>;
    codes: Map<string, string>;
    coded: RegExp | undefined;
    decode(text: string): string;
    lengths: Float64Array;
    /** The mean length of a text. */
    mean: number;
    terms: string[];
    holders: number[];
    acronyms: [acronym: string, long: string[]][];
    ids: Map<string, number>;
    /** Terms and written forms. */
    words: string[];
    vectors: Vectors | undefined;
    papers: IndexedPaper[];
    said: SaidPart;
    saidPostings: Map<string, Postings>;
    saidRows: SaidRow[];
    found: Map<string, Identified>;
    citekeys: string[];
    /** English words that no paper has, with the terms nearest in meaning. */
    near: Map<string, [id: number, near: number][]>;
    /** Words of the index that are spelt nearly like others, and how many words they were chosen among. */
    alike: Map<string, { among: number; found: Alike[] }>;
    /** Sentences by the text that they were cut from. */
    cache: Map<string, Sentence[]>;
    /** Terms' places in the latent space. */
    places: Map<number, Float64Array>;
    need(name: string): Promise<void>;
    needScores(): Promise<void>;
    needTerms(ids: number[]): Promise<void>;
    needPapers(numbers: number[]): Promise<void>;
    needNear(words: string[]): Promise<void>;
    needWords(words: string[]): Promise<void>;
    needTermsOf(words: string[]): Promise<void>;
    needStarting(start: string): Promise<void>;
    needAllWords(): Promise<void>;
    needIds(keys: string[]): Promise<void>;
    findStarting(start: string): Promise<number[]>;
    needSaid(terms: string[]): Promise<void>;
    needRows(numbers: number[]): Promise<void>;
    openRow(number: number): SaidRow;
    postingsOf(id: number): Postings | undefined;
    walkForm(form: number, term: number, each: (paper: number) => void): void;
    walk(id: number, each: (paper: number, value: number) => void): void;
    rarity(id: number): number;
  }

  /** The terms that may be meant by one word of a question, each with a weight. */
  interface Slot {
    word: string;
    /** The word as the reader wrote it. */
    written?: string;
    term?: string;
    /** The number of the word's own term, or -1. */
    exact: number;
    terms: Map<number, number>;
    weight: number;
    /** Whether the reader typed the word. */
    asked?: boolean;
    corrected?: string;
    /** The term of which an unknown word is probably a misspelling. */
    near?: number;
    /** The terms that only mean the same. */
    meant?: Set<number>;
    /** Terms of which a paper must have all to have the word; any of these groups will do. */
    found: number[][];
    /** The term of exactly this form, where others are commoner. */
    form?: number;
    /** The papers that have other forms only, where this form is the commonest. */
    lacking?: number;
  }

  type Weights = Record<
    | "k1"
    | "b"
    | "title"
    | "name"
    | "author"
    | "venue"
    | "cited"
    | "joined"
    | "form"
    | "prefix"
    | "typed"
    | "fuzzy"
    | "split"
    | "expand"
    | "meant"
    | "meaning"
    | "theme"
    | "sentence"
    | "phrase",
    number
  >;

  interface Hit {
    paper: number;
    score: number;
    /** Whether the paper has all words of the question, or probably answers it. */
    match: boolean;
    evidence: Evidence;
  }

  /** How well a paper has the words of a question, what share of them, and how near it is in meaning. */
  interface Evidence {
    words: number;
    covered: number;
    meaning: number;
  }

  /** Something that a question says about facts, to be shown and taken back. */
  interface Fact {
    name: "year" | "code" | "kind" | "venue" | "by" | "without";
    label: string;
    value?: string;
    from?: number;
    to?: number;
    /** The papers that pass, where they are known already. */
    papers?: Set<number>;
  }

  /** What was read from a question: the words that are left, facts, keys that it may be, whom others may contradict. */
  interface Reading {
    text: string;
    facts: Fact[];
    keys: string[];
    /** Whether the question is an identifier and nothing else. */
    certain: boolean;
    against: string;
  }

  /** What it is worth to find a term in a sentence, and whether it only means what was asked for. */
  interface Gain {
    gain: number;
    meant: boolean;
  }

  /** What was read from a question. */
  interface Asked {
    slots: Slot[];
    reading: Reading;
    /** Papers that an identifier names. */
    named: number[];
  }

  interface Found extends Asked {
    hits: Hit[];
    /** How many of them match. */
    matches: number;
    /** Of each slot the papers that have the word, and those of them that pass for their facts. */
    holders: { all: number; passing: number }[];
    /** Whether the best paper is close to the question. */
    close: boolean;
    gains: Map<string, Gain>;
    /** The question's place in the latent space. */
    place?: Float64Array;
    /** Corrected spellings by the word as it was typed. */
    corrected: Map<string, string>;
  }

  /** The papers to show, and those that the filters' values count. */
  interface ChosenPapers {
    matches: number[];
    near: number[];
    counted: number[];
  }

  /** The name of a column that the review extracts: its id behind a prefix. */
  type OwnName = `x.${string}`;
  type FacetName = "theme" | "kind" | "venue" | "code" | "read" | OwnName;

  /** What a reader asks for on the search page, as in its address. */
  interface SearchState {
    q: string;
    sort: string;
    /** Only papers that entered the collection after this day. */
    since: string;
    /** A range of years; 0 is no limit. */
    from: number;
    to: number;
    /** Only these papers; none means all. */
    papers: string[];
    chosen: Record<Exclude<FacetName, OwnName>, Set<string>> & { [own: OwnName]: Set<string> | undefined };
    /** Facts in the question that the reader wants as words. */
    plain: Set<string>;
  }

  /** The detail of the event `litbook:found`. */
  interface FoundPapers {
    total: number;
    question: string;
    /** The address of this search for papers that are added from now on, or nothing. */
    newer: string;
    getKeys(most: number): Promise<string[]>;
  }
}

/** The reader's own: marks, notes, a library, a selection. */
declare namespace Litbook {
  /** The marks of one paper as stored; another version of the site may have added fields. */
  interface StoredMarks {
    state?: string;
    starred?: boolean;
    note?: string;
    /** When it was changed, in ISO 8601. */
    changed?: string;
  }

  interface Marks {
    state: "" | "to read" | "read";
    starred: boolean;
    note: string;
  }

  type MarksByKey = Map<string, StoredMarks>;

  /** The review and the moment that an exported file names. */
  interface ExportHead {
    review: string;
    title: string;
    saved: string;
  }

  /** A paper with its marks, for a reading list. */
  interface MarkedPaper extends Marks {
    key: string;
    title: string;
    authors: string;
    year: number | string;
    address: string;
  }

  /** What an imported file holds. */
  interface ImportedMarks {
    review: string;
    papers: MarksByKey;
    skipped: number;
  }

  interface ImportPlan {
    changes: MarksByKey;
    added: number;
    changed: number;
    same: number;
  }

  /** A paper of this review, to be found in a reader's library. */
  interface KnownPaper {
    title: string;
    by: string;
    year: number;
    doi: string;
    arxiv: string;
  }

  interface NamedPaper extends KnownPaper {
    key: string;
    /** The number of its theme. */
    theme: number;
    /** That it was retracted, or another serious notice. */
    flag: string;
  }

  interface NamedPapers {
    papers: NamedPaper[];
    byKey: Map<string, NamedPaper>;
    themes: [slug: string, title: string][];
  }

  /** An entry of a reader's library, as it is compared. */
  interface LibraryEntry {
    title: string;
    doi: string;
    arxiv: string;
    family: string;
    year: number;
  }

  interface ReadEntry {
    /** Absent if the entry is broken. */
    entry?: LibraryEntry;
    key?: string;
    fields?: Map<string, string>;
    line: number;
    text?: string;
  }

  type LibraryReader = (text: string) => Generator<ReadEntry>;

  type ExportFormat = "bib" | "ris" | "csv";
}

// The data that scripts of the site read from files, keep in storage, or pass to each other.

/** The search index. Its parts are written by `site/search/index`; each is a script that pushes one of these values. */
declare namespace Litbook {
  type IndexPart =
    | Core
    | WordsPart
    | VectorsPart
    | KeysPart
    | NearPart
    | TermsPart
    | PapersPart
    | SectionsPart
    | IdentifyPart
    | DetailsHead
    | DetailsPart;

  /** What every question needs, and the digests of the other parts. */
  interface Core {
    part: "core";
    format: number;
    papers: number;
    papersAPart: number;
    /** Digest and compressed size in bytes of each part, by its name. */
    files: Record<string, [digest: string, bytes: number]>;
    /** The first term's number of each part with postings. */
    termStarts: number[];
    /** The first word of each part with neighbours. */
    nearStarts: string[];
    lengths: number[];
    rules: Rules;
    themeTerms: [term: string, themes: number[]][];
    facets: Facets;
  }

  /** The rules of `terms.py`: word forms are reduced in the browser exactly as they were for the index. */
  interface Rules {
    common: string[];
    spellings: Record<string, string>;
    infixes: [old: string, replacement: string][];
    steps: [ending: string, replacement: string, least: number][][];
  }

  /** Values that papers can be filtered by; `papers` holds by paper the number of its value, or -1 if unknown. */
  interface Facet<Held = number> {
    values: string[];
    names?: string[];
    papers: Held[];
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
  }

  /** Terms and written forms, folded by `fold_strings`; `holders` counts the papers of each term. */
  interface WordsPart {
    part: "words";
    terms: string;
    holders: number[];
    written: string;
    acronyms: [acronym: string, long: string[]][];
  }

  interface VectorsPart {
    part: "vectors";
    /** Two signed numbers of four bits to a byte, in base64. */
    rows: string;
    scales: number[];
    norms: number[];
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

  /** Postings of terms: steps from paper to paper and a value (count and fields) in turn. */
  interface TermsPart {
    part: "terms";
    first: number;
    postings: number[][];
  }

  interface PapersPart {
    part: "papers";
    first: number;
    rows: [citekey: string, title: string, authors: string, abstract: string][];
  }

  interface SectionsPart {
    part: "sections";
    pages: [address: string, title: string][];
    rows: [page: number, kind: SectionKind, anchor: string, heading: string, text: string][];
  }

  type SectionKind = "section" | "figure" | "term";

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
    theme: string;
    themeTitle: string;
    kind?: string;
    gist?: string;
    gistSentence?: number;
    method?: string[];
    models?: string[];
    benchmarks?: string[];
    findings?: Finding[];
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
    /** Whether this is a hyphenated word written as one. */
    joined: boolean;
  }

  interface Reader {
    normalise(text: string): string;
    stem(word: string): string;
    read(text: string): Word[];
  }

  interface IndexedPaper {
    citekey: string;
    title: string;
    authors: string;
    abstract: string;
  }

  interface Section {
    kind: SectionKind;
    page: string;
    pageTitle: string;
    anchor: string;
    heading: string;
    text: string;
    /** How often each term occurs; counted when the section is searched for the first time. */
    terms?: Map<string, number>;
  }

  interface Vectors {
    rows: Float32Array;
    size: number;
    norms: number[];
    squares: number[];
  }

  interface Sentence {
    text: string;
    terms: Set<string>;
  }

  /** The index before `open` has loaded what every question needs. */
  interface ClosedStore {
    open(): Promise<Store>;
    preload(): Promise<void>;
  }

  interface Store extends ClosedStore {
    core: Core;
    size: number;
    facets: Facets;
    reader: Reader;
    themeTerms: Map<string, number[]>;
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
    postings: number[][];
    sections: Section[] | undefined;
    citekeys: string[];
    /** English words that no paper has, with the terms nearest in meaning. */
    near: Map<string, [id: number, near: number][]>;
    /** Sentences by the text that they were cut from. */
    cache: Map<string, Sentence[]>;
    /** Terms' places in the latent space. */
    places: Map<number, Float64Array>;
    need(name: string): Promise<void>;
    needTerms(ids: number[]): Promise<void>;
    needPapers(numbers: number[]): Promise<void>;
    needNear(words: string[]): Promise<void>;
    walk(id: number, each: (paper: number, value: number) => void): void;
    rarity(id: number): number;
  }

  /** The terms that may be meant by one word of a question, each with a weight. */
  interface Slot {
    word: string;
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
  }

  /** What it is worth to find a term in a sentence, and whether it only means what was asked for. */
  interface Gain {
    gain: number;
    meant: boolean;
  }

  interface Found {
    hits: Hit[];
    /** Whether the best paper is close to the question. */
    close: boolean;
    slots: Slot[];
    gains: Map<string, Gain>;
    /** The question's place in the latent space. */
    place?: Float64Array;
    /** Corrected spellings by the word as it was typed. */
    corrected: Map<string, string>;
  }

  interface ScoredSection {
    section: Section;
    score: number;
    share: number;
  }

  type FacetName = "theme" | "kind" | "year" | "venue" | "code" | "read";

  /** What a reader asks for on the search page, as in its address. */
  interface SearchState {
    q: string;
    sort: string;
    /** Whether a paper may match any group of filters instead of all. */
    any: boolean;
    /** Only papers that entered the collection after this day. */
    since: string;
    /** Only these papers; none means all. */
    papers: string[];
    chosen: Record<FacetName, Set<string>>;
    /** The groups of which none of the chosen values may hold. */
    not: Set<FacetName>;
  }

  /** The detail of the event `litbook:found`. */
  interface FoundPapers {
    total: number;
    question: string;
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

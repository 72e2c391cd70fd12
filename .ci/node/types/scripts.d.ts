// What each script of the site offers to those loaded after it. A script that a page may lack is `undefined` there.

declare var litbookDom: Litbook.Dom;
declare var litbookMapAddress: Litbook.MapAddress;
declare var litbookIndex: Litbook.IndexPart[] | undefined;
declare var litbookWords: {
  makeReader(rules: Litbook.Rules): Litbook.Reader;
  distance(a: string, b: string, most: number): number;
};
declare var litbookStore: {
  Store: new (load: Litbook.LoadPart, version: string, given?: Litbook.Core) => Litbook.ClosedStore;
};
declare var litbookUnpack: {
  unfold(folded: string): string[];
  unpackCodes(packed: Litbook.PackedCodes[]): { codes: Map<string, string>; coded: RegExp | undefined };
  unpackPostings(steps: string, values: string): Litbook.Postings;
  unpackVectors(part: Litbook.VectorsPart): Litbook.Vectors;
  unpackFacets(facets: Record<string, Litbook.PackedFacet>): Litbook.Facets;
  readLetter(letter: string): number;
};
declare var litbookSlots: {
  makeSlots(store: Litbook.Store, question: string, weights: Litbook.Weights, says?: boolean): Promise<Litbook.Slot[]>;
};
declare var litbookQuery: Litbook.Query;
declare var litbookSentences: Litbook.Sentences;
declare var litbookMeaning: Litbook.Meaning;
declare var litbookAnswer: Litbook.Answers;
declare var litbookTell: Litbook.Tell;
declare var litbookCards: Litbook.Cards | undefined;
declare var litbookPanel: Litbook.Panels;
declare var litbookSearch: Litbook.Search;
declare var litbookFilters: Litbook.Filters;
declare var litbookVolumes: Litbook.VolumesMerge;
declare var litbookResults: Litbook.Results | undefined;
declare var litbookDetails: Litbook.Details | undefined;
declare var litbookExport: Litbook.Exporter | undefined;
declare var litbookList: Litbook.Lists;
declare var litbookSelection: Litbook.Selection | undefined;
declare var litbookCompare: Litbook.Compare;
declare var litbookExtraction: Litbook.Extraction;
declare var litbookYours: Litbook.Yours | undefined;
declare var litbookVisits: Litbook.VisitsApi;
declare var litbookKnown: Litbook.Known;
declare var litbookVersions: Litbook.VersionsApi | undefined;
declare var litbookChanges: Litbook.ReviewChanges | undefined;
declare var litbookReading: Litbook.CitingChapter[] | undefined;
declare var litbookYoursFormats: Litbook.MarkFormats | undefined;
declare var litbookLibrary: Litbook.Library;
declare var litbookYoursPage: Litbook.YoursPage | undefined;
declare var litbookLines: Litbook.Lines;

declare namespace Litbook {
  /** One paper in the table of extracted values; `rank` is the number by which a cell sorts. */
  interface ExtractedRow {
    key: string;
    at: number;
    theme: string;
    paper: string;
    /** All words of the row. */
    text: string;
    cells: Record<string, { values: string[]; rank: number | null; text: string }>;
  }

  /** What a reader wants of the table; `sort` is a column's id, after a hyphen where the order is descending. */
  interface ExtractionState {
    words: string;
    chosen: Record<string, string>;
    sort: string;
    hidden: string[];
  }

  interface Extraction {
    readAddress(query: string, choices: Record<string, string[]>, columns: string[]): ExtractionState;
    writeAddress(state: ExtractionState): string;
    chooseRows(rows: ExtractedRow[], state: Pick<ExtractionState, "words" | "chosen" | "sort">): ExtractedRow[];
    writeCsv(rows: ExtractedRow[], columns: { id: string; name: string }[]): string;
    countPairs(rows: ExtractedRow[], one: string, other: string): Map<string, number>;
  }

  type Child = string | Node;
  type Attributes = Record<string, string>;

  /** What the map shows: themes by their names, and years, each empty for no limit. */
  interface MapFilter {
    themes: string[];
    since: string;
    until: string;
  }

  interface MapAddress {
    read(query: string): MapFilter;
    write(query: string, filter: MapFilter): string;
    save(filter: MapFilter): void;
  }

  /** Two fields; `value` is their range as an address has it, or empty. */
  interface NumberRange {
    element: HTMLElement;
    value: string;
  }

  interface Dom {
    /** The way from this page to the top of the site, with a slash at its end. */
    root: string;
    /** A version for addresses of files whose digest a page does not know. */
    hour: string;
    make<K extends keyof HTMLElementTagNameMap>(
      name: K,
      attributes: Attributes,
      ...children: Child[]
    ): HTMLElementTagNameMap[K];
    makeButton(text: string, act: () => void, attributes?: Attributes): HTMLButtonElement;
    find(place: ParentNode, selector: string): HTMLElement;
    find<T extends Element>(place: ParentNode, selector: string, kind: new () => T): T;
    loadScript(src: string, message?: string): Promise<void>;
    download(text: string, type: string, name: string): void;
    /** Return the test of a range such as "100..500", of which one end may be missing, or nothing if it is not a range. */
    readRange(text: string): ((value: string) => boolean) | undefined;
    /** Make two fields for a range of numbers, whose lowest and highest are shown in them. */
    makeRange(name: string, values: string[]): NumberRange;
    addressOf(citekey: string): string;
    keyOf(link: HTMLAnchorElement): string;
    count(number: number, one?: string, many?: string): string;
    listNames(names: string[], most: number): string;
    citeNames(names: string[], most: number): string;
  }

  /** The day of the visit before this one and of this one, or "", and the slugs of the chapters that were opened. */
  interface Visits {
    before: string;
    last: string;
    chapters: string[];
  }

  interface VisitsApi {
    visits: Visits;
    read(text: string | null): Visits;
    enter(visits: Visits, today: string, path: string): Visits;
  }

  /** The file changes.json. */
  interface ReviewChanges {
    version: number;
    papers: { date: string; how: string; citekey: string; title: string }[];
    sections: { date: string; page: string; heading: string; url: string }[];
    releases?: { date: string; version: string }[];
  }

  interface VersionsApi {
    listVersions(changes: ReviewChanges): { date: string; name: string }[];
    compareVersions(changes: ReviewChanges, before: string, after: string): Pick<ReviewChanges, "papers" | "sections">;
    chooseFirst(versions: { date: string; name: string }[]): number;
    draw(place: Element, changes: ReviewChanges): void;
  }

  interface CitingChapter {
    slug: string;
    name: string;
    url: string;
    cites: [citekey: string, title: string, label: string, times: number][];
  }

  interface NextPaper {
    key: string;
    title: string;
    label: string;
    times: number;
    by: [chapter: string, times: number][];
  }

  interface Known {
    findSince(changes: ReviewChanges, day: string): Pick<ReviewChanges, "papers" | "sections">;
    findNext(chapters: CitingChapter[], opened: string[], isRead: (citekey: string) => boolean): NextPaper[];
    nameMark(marks: Pick<Marks, "state" | "starred" | "note">, isNew: boolean): string;
  }

  interface Search {
    WEIGHTS: Weights;
    search(
      store: ClosedStore,
      question: string,
      changed?: Partial<Weights>,
      kept?: ReadonlySet<string>,
      calls?: { early?: (terms: string[]) => void; ranked?: (asked: Asked) => void },
    ): Promise<Found>;
  }

  interface Query {
    readQuestion(store: Store, question: string, kept?: ReadonlySet<string>): Reading;
    readAuthor(store: Store, reading: Reading, kept?: ReadonlySet<string>): Promise<void>;
    findAuthored(store: Store, name: string): Promise<Set<number>>;
    findNamed(store: Store, question: string, keys: string[]): Promise<number[]>;
    findPerson(store: Store, text: string): Promise<Person | undefined>;
  }

  interface Sentences {
    readSentences(store: Store, text: string): Sentence[];
    findSentence(store: Store, text: string, gains: Map<string, Gain>): { text: string; share: number };
    compareTitle(store: Store, slots: Slot[], title: string): number;
    weighTerms(store: Store, slots: Slot[]): Map<string, Gain>;
  }

  interface Meaning {
    placeQuestion(store: Store, slots: Slot[]): Float64Array;
    scoreMeaning(store: Store, place: Float64Array): Float64Array;
    findMeant(store: Store, text: string, place: Float64Array): Map<string, Gain>;
  }

  interface Answers {
    prepareSaid(store: Store, terms: string[], question: string): void;
    putQuotedFirst(found: Found, said: SaidFound): Hit[];
    findSaid(store: Store, found: Asked, question: string): Promise<SaidFound>;
  }

  interface Tell {
    describeFound(
      found: Found,
      chosen: ChosenPapers,
      state: { limits: string; filtered: boolean; asked: boolean; answered?: boolean },
    ): string;
  }

  interface Cards {
    makeAnswer(store: Store, answer: Answer, found: Found): HTMLElement[];
  }

  interface Panels {
    makePanel(region: HTMLElement, change: (what: "choice" | "clear") => void): Panel;
  }

  interface Panel {
    draw(facets: Facets, state: SearchState, papers: number[]): void;
    read(state: SearchState): void;
  }

  interface Filters {
    listNames(held: object): FacetName[];
    listChosen(state: SearchState): FacetName[];
    makeState(): SearchState;
    readAddress(query: string): SearchState;
    writeAddress(state: SearchState): string;
    countGroups(state: SearchState): number;
    makeYearTest(facets: Facets, from: number, to: number): (paper: number) => boolean;
    readNoted(citekeys: string[], noted: Record<string, Marks>): Facet<number[]>;
    makeFilter(facets: Facets, state: SearchState, without?: FacetName): (paper: number) => boolean;
    countValues(facets: Facets, state: SearchState, name: FacetName, papers: number[]): number[];
    sortPapers(facets: Facets, papers: number[], sort: string): number[];
  }

  /** One volume of a review, as the search over all of them knows it; `version` is the digest of its `core.js`. */
  interface VolumeKnown {
    name: string;
    title: string;
    papers: number;
    version: string;
  }

  /** What the search over all volumes loads first; `starts` are the first terms of the parts, `files` their digests. */
  interface VolumesHead {
    volumes: VolumeKnown[];
    starts: string[];
    files: string[];
    reader: Reader;
  }

  /** What one volume answers. */
  interface VolumeFound {
    volume: VolumeKnown;
    store: Store;
    found: Found;
  }

  interface VolumeHit {
    answer: VolumeFound;
    paper: number;
    match: boolean;
    score: number;
  }

  interface VolumesMerge {
    AT_ONCE: number;
    orderVolumes(volumes: VolumeKnown[], held: Map<number, number>[]): number[];
    mergeFound(answers: VolumeFound[], question: string): VolumeHit[];
  }

  interface Results {
    makeLoader(root: string): LoadPart;
    makePaper(store: Store, number: number, found: Found, why?: ReadonlySet<string>): HTMLElement;
    makeEntry(store: Store, entry: Said, found: Found): HTMLElement;
    findHref(entry: Said): string;
    quote(store: Store, text: string, gains: Map<string, Gain>): DocumentFragment;
    correct(store: Store, question: string, corrected: Map<string, string>): string;
  }

  interface Details {
    load(citekeys: Iterable<string>): Promise<Map<string, Detail>>;
    all(): Promise<string[]>;
    findFile(citekey: string, total: number): number;
  }

  interface Exporter {
    save(citekeys: Iterable<string>, format: ExportFormat, name?: string): Promise<number>;
    write(details: Detail[], format: ExportFormat, columns: string): string;
  }

  interface ListItem {
    element: HTMLElement;
    /** The list in which the page has the item. */
    home: HTMLElement;
    /** The item's place on the page. */
    at: number;
    key: string;
    title: string;
    /** The last name of the first author. */
    author: string;
    /** What the words of a reader are looked up in. */
    text: string;
    kind: string;
    year: string;
    venue: string;
    /** The values of the columns that the review extracts, by their ids. */
    own: URLSearchParams;
  }

  type ListState = Record<"sort" | "words" | "kind" | "year" | "venue" | "marks", string> & {
    [own: OwnName]: string | undefined;
  };

  interface Lists {
    compareBy(sort: string): (one: ListItem, other: ListItem) => number;
    makeFilter(state: ListState, without?: string): (item: ListItem) => boolean;
    readAddress(
      query: string,
      prefix: string,
      known: (name: "kind" | "year" | "venue" | "marks" | OwnName, value: string) => boolean,
    ): ListState;
    writeAddress(query: string, prefix: string, state: ListState): string;
  }

  interface Selection {
    get(): string[];
    toggle(citekey: string): boolean;
    clear(): void;
    attach(list: HTMLElement, on?: boolean): boolean;
    subscribe(follow: (citekeys: string[]) => void): () => void;
    makeExports(
      getKeys: () => string[] | Promise<string[]>,
      getName: () => string,
      say: (text: string) => void,
    ): HTMLButtonElement[];
  }

  interface Compared {
    citekey: string;
    short: string;
    detail: Detail;
  }

  type Move = "left" | "right" | "remove";

  interface Compare {
    name(details: [citekey: string, detail: Detail][]): Compared[];
    makeSharing(papers: Compared[]): HTMLElement;
    makeTable(papers: Compared[], act: (what: Move, citekey: string) => void): HTMLElement;
  }

  interface Yours {
    STATES: string[];
    readonly usable: boolean;
    /** Why the last change was not saved, in a sentence. */
    readonly trouble: string;
    readonly damaged: boolean;
    get(citekey: string): Marks;
    set(citekey: string, changes: StoredMarks): boolean;
    all(): Record<string, StoredMarks & Marks>;
    entries(): MarksByKey;
    change(changes: Iterable<[citekey: string, changes: StoredMarks]>): boolean;
    snapshot(citekeys: Iterable<string>): Map<string, StoredMarks | undefined>;
    restore(entries: Map<string, StoredMarks | undefined>): boolean;
    forget(): boolean;
    findAside(): string[];
    readAside(): string[];
    subscribe(listener: () => void): () => void;
    decorate(root?: ParentNode): void;
  }

  interface MarkFormats {
    writeJson(entries: MarksByKey, head: ExportHead): string;
    writeMarkdown(papers: MarkedPaper[], head: ExportHead): string;
    writeBibtex(bibtex: string, paper: Marks): string;
    read(text: string): ImportedMarks;
    plan(mine: MarksByKey, found: ImportedMarks): ImportPlan;
  }

  interface Library {
    makeTitleKey(title: string): string;
    readBibtex: LibraryReader;
    readRis: LibraryReader;
    readJson: LibraryReader;
    findReader(text: string): LibraryReader | undefined;
    decode(bytes: ArrayBuffer): string;
    makeMatcher(papers: KnownPaper[]): (entry: LibraryEntry) => number;
  }

  interface YoursPage {
    region: HTMLElement;
    makeItem(key: string, paper: NamedPaper | undefined, ...more: Child[]): HTMLElement;
    report(text: string, before?: Map<string, StoredMarks | undefined>): void;
    loadPapers(): Promise<NamedPapers>;
    changeAll(changes: MarksByKey, said: string): void;
  }

  interface Lines {
    matchLines(blocks: [number, string][], texts: string[]): number[];
  }
}

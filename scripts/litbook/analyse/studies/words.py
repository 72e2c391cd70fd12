"""Words by which abstracts of studies name people, things that are counted, and who is compared with whom."""

from __future__ import annotations

# People who take part, in the plural.
PEOPLE = (
    r"(?:participants|patients|inpatients|outpatients|adults|children|infants|neonates|newborns|toddlers|adolescents"
    r"|teenagers|youths?|women|men|girls|boys|people|persons|individuals|volunteers|subjects|respondents|adolescents"
    r"|mothers|fathers|parents|families|caregivers|carers|couples|residents|citizens|veterans|survivors|controls|cases"
    r"|athletes|workers|employees|nurses|midwives|physicians|doctors|surgeons|clinicians|pharmacists|therapists"
    r"|experts|professionals|practitioners|students|undergraduates|graduates|pupils|learners|freshmen|apprentices"
    r"|(?:\w+ )?graders|teachers|educators|instructors|lecturers|kindergart[ne]+ers|preschoolers|developers|programmers"
    r"|engineers|maintainers|contributors|users|architects|testers|novices|newcomers|refugees|consumers|drivers"
    r"|smokers|farmers|households|twins|recipients|donors|members|stakeholders|viewers|listeners|players|interviewees"
    r"|analysts|managers|leaders|customers|prisoners|migrants|soldiers|firefighters|paramedics|dentists|dietitians"
    r"|librarians|scientists|researchers|reviewers|streamers|relatives|spouses|partners|siblings|offspring|runners"
    r"|offenders|inmates|homeowners|carriers|trainees|trainers|interns|candidates|applicants|principals|heads"
    r"|counsellors|psychologists|administrators|freelancers|owners|coaches|readers|writers|speakers|bilinguals"
    r"|immigrants|conscripts|cyclists|swimmers|dancers|musicians|singers|officers|police|executives|founders"
    r"|entrepreneurs|seniors|juniors|centenarians|primiparas|singletons|decedents|beneficiaries|clients|champions"
    r"|males|females|detainees|(?:asylum|job) seekers|academics|(?:faculty|staff|family|team|community) members"
    r"|(?:non-)?progressors|attendees|octogenarians|nonagenarians|informants|operators|travellers|travelers|tourists"
    r"|passengers|gamers"
    r"|voters"
    r"|shoppers|journalists|lawyers|accountants|pilots|footballers|gymnasts|skiers|climbers|guardians|grandparents"
    r"|diabetics|asthmatics|f(?:o)?etuses|providers|adopters|policymakers|freshers|podiatrists|optometrists"
    r"|physiotherapists|radiologists|anaesthetists|oncologists|psychiatrists|paediatricians|pediatricians|radiographers"
    r"|bureaucrats|artists|creators|visitors|politicians|officials|gamblers|drinkers|vegetarians|vegans|elders|babies"
    r"|commuters|hunters|fishers|fishermen|herders|pedestrians|landowners|rowers|judges|jurors|translators|interpreters"
    r"|bloggers|influencers|crowdworkers|orphans|adoptees|(?:non|never)-?smokers|widows|hygienists|IDPs|survivors"
    r"|displaced persons|PWIDs?|PLWH|PLHIV|\w{4,}ologists|neurointerventionalists|meditators|marathoners"
    r"|sommeliers|(?:e-)?mentors|tutors"
    r"|tutees|mentees|supervisors|directors|superintendents"
    r"|registrants|evaluators|raters|committers|authors|designers|statisticians|technicians|staff)"
)
# Places where people are found, which are a sample only where they were allocated or where no one else is counted.
PLACES = (
    r"(?:hospitals?|clinics|centres|centers|practices|pharmacies|departments|units|wards|homes|sites|schools|classes"
    r"|classrooms|universities|colleges|kindergartens|nurseries|preschools|villages|towns|cities|districts|communities"
    r"|clusters|municipalities|parishes|neighbourhoods|neighborhoods|counties|provinces|prefectures|regions"
    r"|countries|companies|firms"
    r"|organi[sz]ations|teams|workplaces|farms|plots|systems|services|landing sites|health posts)"
)
# Plural nouns that are never what a study has a sample of: times, measures, and parts of a study or its report.
NO_SAMPLE = (
    r"(?:seconds|minutes|hours|days|nights|weeks|months|years|decades|generations|semesters|trimesters|quarters|terms"
    r"|sprints|cycles|iterations|rounds|phases|stages|steps|waves|visits|sessions|lessons|times|times?|points"
    r"|percentiles"
    r"|quartiles|quintiles|tertiles|deciles|percents?|units|miles|kilometres|kilometers|metres|meters|doses|drops"
    r"|tablets"
    r"|capsules|injections|dollars|euros|pounds|cents|hours|calories|degrees|beats|words|letters|pages|lines|items"
    r"|questions|tasks|exercises|domains|dimensions|factors|variables|criteria|categories|themes|subthemes|types|kinds"
    r"|ways|forms|conditions|arms|groups|subgroups|halves|thirds|cohorts|databases|libraries searched|languages|tools"
    r"|methods|models|metrics|measures|tests|instruments|scales|subscales|versions|variants|settings|modes|levels"
    r"|courses|modules|topics|features|components|reasons|barriers|facilitators|challenges|principles|guidelines"
    r"|recommendations|propositions|hypotheses|objectives|aims|differences|effects|outcomes|results|findings|benefits"
    r"|deaths|events|complications|relapses|seizures|falls|servers|machines|cores|continents|cases|controls|sources"
    r"|strategies|approaches|techniques|algorithms|definitions|signs|markers|authors|raters|others|grades|ages|stars"
    r"|repetitions|replicates|bootstraps|simulations|permutations|resamples|trees|folds|epochs"
    r"|meals|servings|portions|cups|puffs|packs|sets|layers|heads|genes|[a-zA-Z]*RNAs|DEGs|proteins|metabolites|loci|SNPs|pathways|alleles|parameters|tokens|examples|shots|benchmarks|datasets)"
)
# Other things of which a study has a sample: any plural noun but these.
THINGS = rf"(?:(?!(?:{NO_SAMPLE}|[\w-]*(?:sis|itis|ness))(?![\w-]))[A-Za-z][\w-]*[^\Wsu_]s|species)"
COUNT = (
    r"(?:\d{1,3}(?:[,\u2009\u202f\u00a0 ]\d{3})+|\d+(?:\.\d+)? (?:million|billion)|\d+"
    r"|(?:(?:[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine)"
    r"(?: hundred)?(?: and)?[ -]?)?(?:[Tt]en|[Ee]leven|[Tt]welve|\w+teen|[Tt]wenty|[Tt]hirty|[Ff]orty|[Ff]ifty|[Ss]ixty"
    r"|[Ss]eventy|[Ee]ighty|[Nn]inety)(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?"
    r"|(?:[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine)(?: hundred(?: and \w+)?)?)"
)
# Where a phrase ends: punctuation, or a word that begins another part of the sentence.
END = (
    r"(?=\s*(?:[,;:()\[\]—]|(?<![^\w][A-Z])\.(?!\d)|$)|\s–\s|\s(?:were|was|are|is|had|have|has|who were|that|which"
    r"|and were|and was"
    r"|received"
    r"|took"
    r"|underwent|participated|completed|answered|from \d+|between \d+|during|over (?:a|the|\w+ (?:weeks|months|years))"
    r"|for \w+ (?:days|weeks|months|years)|on (?:the|a)|by (?:the|a)|in (?:a|an|the|this)"
    r"|experienced?|values?|valued|learned|worked|studied|reported|rated|performed|solved|used|wore|read|attended"
    r"|showed|shows|developed|included|enrolled|selected|recruited|understand|perceive|perceived|use|consented|agreed"
    r"|provided|responded|visited|attempted|visiting|between (?=[A-Z])|at our|in our|at standard|capable of|can"
    r"|could|will|would|may|might|should|also|with respect|and \d+)\b"
    r"|(?<!moderate)(?<!mild)(?<!low)(?<!medium)\sto (?!\d)\w+)"
)
# Sentences that say what others did, or what should be done.
NOT_OURS = (
    r"\b(?:is|are|were|seems) (?:still )?(?:needed|warranted|required|lacking|unknown|unclear|scarce|planned"
    r"|under way)\b"
    r"|\b[Ww]e (?:\w+ )?previously\b|\b(?:previous|prior|earlier|future|existing|most|many|few"
    r"|recent) (?:\w+ ){0,2}(?:studies|trials|work|research"
    r"|reviews|programmes)\b|\bshould\b"
)

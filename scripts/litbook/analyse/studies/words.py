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
    r"|librarians|scientists|researchers|reviewers|streamers)"
)
# Other things of which a study has a sample.
THINGS = (
    r"(?:trials|studies|systematic reviews|reviews|papers|articles|publications|interviews|schools|classes|classrooms"
    r"|projects|repositories|apps|commits|pull requests|teams|companies|systems|appointments|consultations|records"
    r"|eyes|samples|specimens|births|pregnancies|admissions|procedures|operations|sites|plots|farms|species"
    r"|decisions|contributions|patches|questions|messages|bugs|issues|releases|videos|posts|streams|mutants)"
)
COUNT = (
    r"(?:\d{1,3}(?:[,\u2009\u202f\u00a0 ]\d{3})+|\d+(?:\.\d+ million)?"
    r"|(?:(?:[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine)"
    r"(?: hundred)?(?: and)?[ -]?)?(?:[Tt]en|[Ee]leven|[Tt]welve|\w+teen|[Tt]wenty|[Tt]hirty|[Ff]orty|[Ff]ifty|[Ss]ixty"
    r"|[Ss]eventy|[Ee]ighty|[Nn]inety)(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?"
    r"|(?:[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine)(?: hundred(?: and \w+)?)?)"
)
# Where a phrase ends: punctuation, or a word that begins another part of the sentence.
END = (
    r"(?=\s*(?:[,;:.()\[\]—–]|$)|\s(?:were|was|are|is|had|have|has|who were|that|which|and were|and was|received|took"
    r"|underwent|participated|completed|answered|from \d|between \d|during|over (?:a|the|\w+ (?:weeks|months|years))"
    r"|for \w+ (?:days|weeks|months|years)|to (?!\d)\w+|on (?:the|a)|by (?:the|a)|in (?:a|an|the|this)"
    r"|learned|worked|studied|reported|rated|performed|solved|used|wore|read|attended|showed|shows|developed)\b)"
)
# Sentences that say what others did, or what should be done.
NOT_OURS = (
    r"\b(?:is|are|were|seems) (?:still )?(?:needed|warranted|required|lacking|unknown|unclear|scarce|planned"
    r"|under way)\b"
    r"|\b(?:previous|prior|earlier|future|existing|most|many|few|recent) (?:\w+ ){0,2}(?:studies|trials|work|research"
    r"|reviews|programmes)\b|\bshould\b"
)

"""The types, fields and roles of Zotero's items in the vocabulary of CSL, as Zotero's own schema maps them."""

from __future__ import annotations

TYPES = {
    "artwork": "graphic", "attachment": "document", "audioRecording": "song", "bill": "bill",
    "blogPost": "post-weblog", "book": "book", "bookSection": "chapter", "case": "legal_case",
    "computerProgram": "software", "conferencePaper": "paper-conference", "dataset": "dataset",
    "dictionaryEntry": "entry-dictionary", "document": "document", "email": "personal_communication",
    "encyclopediaArticle": "entry-encyclopedia", "film": "motion_picture", "forumPost": "post",
    "hearing": "hearing", "instantMessage": "personal_communication", "interview": "interview",
    "journalArticle": "article-journal", "letter": "personal_communication", "magazineArticle": "article-magazine",
    "manuscript": "manuscript", "map": "map", "newspaperArticle": "article-newspaper", "patent": "patent",
    "podcast": "broadcast", "preprint": "article", "presentation": "speech", "radioBroadcast": "broadcast",
    "report": "report", "standard": "standard", "statute": "legislation", "thesis": "thesis",
    "tvBroadcast": "broadcast", "videoRecording": "motion_picture", "webpage": "webpage",
}  # fmt: skip
FIELDS = {
    "publicationTitle": "container-title", "proceedingsTitle": "container-title", "bookTitle": "container-title",
    "encyclopediaTitle": "container-title", "dictionaryTitle": "container-title", "websiteTitle": "container-title",
    "blogTitle": "container-title", "forumTitle": "container-title", "programTitle": "container-title",
    "conferenceName": "event-title", "meetingName": "event-title", "journalAbbreviation": "container-title-short",
    "shortTitle": "title-short", "volume": "volume", "codeVolume": "volume", "reporterVolume": "volume",
    "issue": "issue", "pages": "page", "codePages": "page", "firstPage": "page", "series": "collection-title",
    "seriesTitle": "collection-title", "seriesNumber": "collection-number", "numberOfVolumes": "number-of-volumes",
    "numPages": "number-of-pages", "edition": "edition", "versionNumber": "version", "section": "section",
    "publisher": "publisher", "university": "publisher", "institution": "publisher", "label": "publisher",
    "company": "publisher", "studio": "publisher", "network": "publisher", "distributor": "publisher",
    "place": "publisher-place", "type": "genre", "thesisType": "genre", "reportType": "genre",
    "manuscriptType": "genre", "presentationType": "genre", "mapType": "genre", "letterType": "genre",
    "postType": "genre", "websiteType": "genre", "genre": "genre", "reportNumber": "number",
    "patentNumber": "number", "billNumber": "number", "docketNumber": "number", "documentNumber": "number",
    "episodeNumber": "number", "publicLawNumber": "number", "number": "number", "archiveID": "number",
    "artworkMedium": "medium", "interviewMedium": "medium", "audioRecordingFormat": "medium",
    "videoRecordingFormat": "medium", "format": "medium", "artworkSize": "dimensions", "runningTime": "dimensions",
    "scale": "scale", "archive": "archive", "repository": "publisher", "archiveLocation": "archive_location",
    "callNumber": "call-number", "libraryCatalog": "source", "language": "language", "rights": "rights",
    "court": "authority", "issuingAuthority": "authority", "legislativeBody": "authority", "organization": "authority",
    "committee": "section", "history": "references", "references": "references", "legalStatus": "status",
    "status": "status", "DOI": "DOI", "ISBN": "ISBN", "ISSN": "ISSN", "url": "URL", "PMID": "PMID", "PMCID": "PMCID",
}  # fmt: skip
DATES = {"date": "issued", "dateDecided": "issued", "dateEnacted": "issued", "issueDate": "issued",
         "accessDate": "accessed", "filingDate": "submitted"}  # fmt: skip
ROLES = {
    "seriesEditor": "collection-editor", "bookAuthor": "container-author", "reviewedAuthor": "reviewed-author",
    "artist": "author", "programmer": "author", "inventor": "author", "presenter": "author", "cartographer": "author",
    "sponsor": "author", "interviewee": "author", "podcaster": "author", "performer": "performer",
    "interviewer": "interviewer", "wordsBy": "script-writer", "scriptwriter": "script-writer", "director": "director",
}  # fmt: skip

"""How a case is opened: somebody of her practice, and what this one person did or said.

A case takes a person and two of three things: that this person is hers (“of mine”, “in my office”,
“whom I treated”), that it happened (a verb in the past), and what. General statements (“clients
often ask”, “a client may say”) have none of them.
"""

import re

from insession.check.patterns.compiled import any_of, words

PATIENT = r"(?:client|patient|analysand)"
_CALLED = words(
    "[\\w-]+-year-old person man woman boy girl guy gentleman lady kid child couple family teenager teen adolescent"
    " student retiree widow widower firefighter officer grandmother grandfather mother father mom dad parent husband wife widow widower veteran teacher nurse doctor"
    " lawyer attorney engineer executive professor artist musician writer colleague's_patient"
)
_ANYBODY = rf"(?:{PATIENT}|{_CALLED})"
# Up to four words before the noun: “one very brave client”, “my fourth patient”.
_LIKE = r"(?:(?!an?\b|one\b|the\b|my\b|of\b|and\b|or\b|who\b|that\b|to\b|in\b|for\b|with\b|is\b|as\b)[\w'-]+,? ){0,4}?"
_A = r"\b(?:an?|one|another|my|this|that) "
_ONE = rf"{_A}{_LIKE}"
_SOMEBODY = rf"(?:someone|somebody|{_ONE}{_ANYBODY})"
# Those one sees elsewhere: “a woman I saw on the train”, “a doctor I saw as a child”.
_ELSEWHERE = (
    r"(?! (?:as a (?:child|boy|girl)|for my|(?:at|on|in) (?:the|a|an|my|our) (?:\w+ )?(?:conference"
    r"|party|store|station|gym|airport|park|library|bus|train|subway|street|caf[eé]|door|elevator"
    r"|wedding|funeral|film|movie|play|painting|museum|lecture|class|course|seminar|plane|flight"
    r"|dinner|table|church|audience|clinic's|post office)))"
)
_AT_WORK = r"(?! (?:at|on) (?:the|a|an|my|our) )"
_LATELY = (
    r"(?:(?:last|this) (?:week|month|year|spring|summer|fall|autumn|winter|morning|afternoon|\w+day)"
    r"|yesterday|(?:\w+ )?years (?:ago|back)|recently|lately|not long ago|the other day"
    r"|one (?:day|morning|afternoon|evening)|once upon a time)"
)
# What people do in stories, in the past.
_PAST = words(
    "told said came asked described cried wept arrived began started brought left lost wrote called"
    " confessed showed sat looked remembered walked dreamed dreamt admitted refused stopped returned"
    " was were had explained shared spoke talked mentioned announced revealed disclosed reported"
    " replied answered insisted complained realized realised recognized noticed discovered learned"
    " found thought knew wanted needed tried decided chose gave handed took made got went ran"
    " fell stood stayed kept lay shouted yelled screamed whispered laughed smiled sighed sobbed broke"
    " shook stared froze hesitated apologized thanked hugged emailed texted phoned wished hoped feared"
    " worried believed struggled relapsed recovered improved died married divorced quit moved met"
    " sent read sang drew painted threw pulled pushed opened closed counted folded emptied played"
    " spent couldn't wouldn't didn't wasn't hadn't used lived worked grew grinned nodded paused"
    " recalled recounted reflected pictured visited waited woke slept ate drank hit hurt attended"
    " presented referred suffered put taught survived turned heard saw watched wore clutched paced hid drove flew rode slid tore stole built bought caught fought led paid sought sold shut rose bent swore hung peeled"
)
_ADVERB = rf"(?: (?:\w+ly|once|just|{_LATELY}|also|never|always|finally|then|even|still|first))*"
# What may stand between the person and what this person did: “, a nurse,”, “(40)”, “ in her sixties”.
_ASIDE = (
    r"(?:,[^,.;!?]{1,80},| \([^()]{1,60}\)| (?:in|from|with|of|at|after|on) [^,.;!?]{1,40}?"
    r"|,? (?:who|whom|whose|that)\b[^.;!?]{1,80}?)"
)
_DID = rf"{_ASIDE}{{0,2}}{_ADVERB} {_PAST}\b"
_I = r"\bI(?:'ve|'m|'d| have| had| am| was)?(?: been)?(?: once| recently| just| currently| also| ever)?"
_SEE = r"(?:see|saw|seen|seeing|treat|treated|treating|counsel(?:l?ed|l?ing)?)"
_I_SEE = (
    rf"(?: who| whom| that)? {_I} (?:{_SEE}\b{_ELSEWHERE}"
    rf"|(?:work|worked|working) with\b{_AT_WORK})"
)
_ROOM = (
    r"(?:office|practice|couch|sofa|consulting room|waiting room|therapy room|care|caseload"
    r"|chair|armchair|rug|carpet|(?:\w+ )?groups?|workshops?|desk|doorway|curtains?|tissues|bookshelf|bookcase|floor"
    r"|clock|whiteboard|plant)"
)
# Where and when only her own clients are: “in my office”, “across from me”, “in our last session”.
_MINE = (
    rf"\b(?:(?:in|into|to|at|on|onto|of|from|outside|through) (?:one of )?my (?:\w+ )?{_ROOM}\b"
    rf"|(?:across|opposite) from me\b{_ELSEWHERE}"
    r"|(?:with|to) me (?:for|in) (?:therapy|treatment|counsel\w+)|(?:therapy|treatment) with me\b"
    r"|referred to me\b)"
)
_OURS = (
    r"\b(?:our (?:\w+ ){0,2}(?:sessions?|work|hours?|time|time together|therapy|treatment)"
    r"|in (?:a |one )?session)\b"
)
_FIRST_NAME = r"\b(?-i:[A-Z][a-zà-þ]+)"
_NOT_A_NAME = (
    r"(?!(?:I|He|She|They|We|You|It|The|This|That|There|Who|What|When|Where|Why|How|If|As|In|On|At"
    r"|After|Before|And|But|So|Then|Therapy|Treatment|Everyone|Nobody|Someone|Somebody|My|Our|Your"
    r"|His|Her|Their|One|Each|Every|Many|Some|Most|People|Clients?|Patients?|Imagine|Today|Couples|Parents|Those"
    r"|Teens|Teenagers|Children|Adults|Men|Women|Families|Students|Others|Anyone|Mothers|Fathers|Kids)\b)"
)
_NAMED = rf"\b(?=(?-i:[A-Z])){_NOT_A_NAME}(?-i:[A-Z][a-zà-þ]+)"
_CAME = (
    r"(?:(?:first )?(?:came|come|comes|started coming|began coming|returned|turned) to (?:see |talk to )?me\b"
    r"|(?:first )?(?:came|started coming|began coming) (?:in|to (?:talk|therapy|treatment"
    r"|counsel\w+|couples)|for (?:therapy|help|treatment))\b"
    r"|(?:sought|seeks|sought out) (?:help|therapy|treatment|me)\b"
    r"|(?:started|began|entered) (?:therapy|treatment|counsel\w+)\b)"
)
# One real person of her practice, spoken of in the singular.
CASE = any_of(
    # she is hers: “a client of mine”, “one of my first patients”, “a woman in my practice”
    rf"{_ONE}{PATIENT} of mine\b|\b(?:one|two|three|several|a few) of my {_LIKE}{PATIENT}s\b"
    rf"(?! (?:may|might|could|would|have|are)\b)",
    rf"\b{_SOMEBODY} in (?:one of )?my {_ROOM}\b|{_SOMEBODY}{_I_SEE}",
    rf"\bmy {_LIKE}{PATIENT},? (?-i:[A-Z])\w*|\bmy {_LIKE}{PATIENT}'s (?!portal|rights?\b)\w+{_DID}",
    # she did something: “a client, months into our therapy, told me”, “my fourth patient who”
    rf"{_ONE}{PATIENT}{_DID}|\bmy (?!first\b|last\b|next\b)[\w-]+(?:st|nd|rd|th) {PATIENT},? who\b",
    rf"\bmy (?:first|second|third|fifth|last|very first|favou?rite|youngest|oldest) {PATIENT},? who\b",
    r"\bthe client in question\b|\bthe patient in question\b",
    rf"\b{PATIENT}s\b[^.]*[;:] (?:one|another) (?:\w+ )?(?:told|asked|said)\b",
    # I did something with her: “I was talking to a client recently”, “I had someone call me”
    rf"{_I} (?:talk|talked|talking|speak|spoke|speaking|met|meet|meeting|sat|sitting|chatted|sat down)"
    rf" (?:with|to) {_ONE}{PATIENT}\b(?!s? (?:for|before|about) )",
    rf"{_I} (?:sat|sitting|met|meeting|meet|spoke) with {_ONE}{_CALLED},? (?:who|whose|whom)\b",
    rf"\bI (?:once |recently )?had {_ONE}{PATIENT}\b(?=,? (?:who|whose|once|tell|ask|come|say|call|in"
    r" therapy)\b)|\bI (?:once |recently )?had (?:someone|somebody|a \w+) (?:call|tell|ask|come to"
    r"|write|say to|text|email) me\b",
    rf"\bI (?:got|received|had|took) an? (?:\w+ )?(?:call|voicemail|e-?mail|letter|text|message|note|card)"
    rf" from {_ONE}{PATIENT}\b",
    rf"\b(?:told|asked|hugged|thanked|challenged|taught|reminded|surprised|said to me|written) by"
    rf" {_ONE}{PATIENT}\b(?! (?:of|to) )",
    rf"\b(?:remember|recall|think of|forget|thinking of|think about) (?:working with |seeing )?"
    rf"(?:{_ONE}{PATIENT}\b|(?:an?|the|one) {_LIKE}{_CALLED},? (?:who|whose)\b[^.;]*{_MINE}"
    rf"|the {_LIKE}{_CALLED} who\b[^.;]*\b(?:my|me)\b{_ELSEWHERE})",
    rf"\bI (?:once |recently )?(?:saw|treated|worked with|counsel?led) {_ONE}{_ANYBODY}\b{_ELSEWHERE}",
    rf"{_I} (?:{_SEE}|work with|working with) (?:an?|two) {_LIKE}{_ANYBODY},? (?:who|whose)\b",
    rf"\bI(?:'ve| have)(?: been)? (?:seen|seeing|treated|treating|worked with|working with) an? "
    rf"{_LIKE}{_ANYBODY} (?:for (?:\w+ )?(?:weeks|months|years)|since)\b",
    r"\bthe (?:first|second|last|youngest|oldest) (?!client|patient)\w+ I (?:ever )?"
    r"(?:treated|saw for|worked with for)\b",
    rf"\b{_LATELY},? (?:an?|one|my) {_LIKE}{PATIENT}\b(?! (?:may|might|can|could|would|in (?:the|a)) )",
    rf"\b(?:with|to|from) (?:one|another) {PATIENT}\b(?! at a time)(?= I\b|,| who|\.)|\bwith one {PATIENT} I\b",
    rf"\b(?:he|she|they) (?:was|became|were|had been|has been) (?:once )?my (?:\w+ ){{0,2}}?(?:{PATIENT}|case)\b(?! is\b)",
    rf"{_I} (?:{_SEE}|meet with|met with) (?:him|her|them) (?:(?:\w+ ){{0,2}}?(?:times|once|twice|weekly|every|each)\b"
    r"|for (?:\w+ )?(?:\w+ )?(?:weeks|months|years|sessions)\b)",
    rf"\ban?(?: \w+)? {PATIENT} and I\b(?= (?:{_PAST}|\w+ed)\b)",
    # it happened with me, or in my room
    rf"\b(?:the|an?|one|another) {_LIKE}{_ANYBODY} (?:who|whom) (?:comes|came|sits|sat) (?:to me|here"
    r"|on \w+days?|in that chair|every week|each week)\b",
    rf"\b(?:an?|one|another) {_LIKE}{_ANYBODY}(?! of mine)(?: (?!my\b)[\w'-]+){{0,4}} "
    rf"(?:came|comes|brought \w+ (?:[\w-]+ )?) ?to (?:see )?me\b(?! (?:in (?:brooklyn|the)|at) )",
    rf"\ban? {_LIKE}{_ANYBODY}(?! of mine){_ASIDE}?{_ADVERB} {_CAME}",
    rf"\ban? (?:\d+|[a-z]+)-year-old(?: \w+)?{_ADVERB} (?:told|asked|came to see) me\b",
    rf"\bthe {PATIENT}{_ADVERB} {_PAST}\b[^.;!?]{{0,40}} me\b",
    rf"\b{PATIENT}s?(?: of mine)? (?:has |have )?(?:kindly |generously )?(?:agreed|consented|offered|given me"
    r" (?:her|his|their)|gave me (?:her|his|their)|allowed me|asked me)\b[^.;]{0,40}"
    r"\b(?:stor(?:y|ies)|share|permission|write about)\b",
    rf"\b(?:the|an?|one) (?!therapist)(?:[\w'-]+,? ){{1,4}}{_MINE}[^.;]{{0,40}}?,?{_ADVERB} {_PAST}\b",
    rf"\b(?:he|she|someone|somebody|{_ONE}{_ANYBODY}|the {_LIKE}{_ANYBODY})\b[^.;!?]{{0,40}}?"
    rf"{_ADVERB} {_PAST}\b[^.;!?]{{0,60}}?{_MINE}",
    r"\b(?:someone|somebody|a (?:man|woman|person|boy|girl)) on my couch\b",
    rf"(?:{_OURS})[^.;!?]{{0,60}}?,? (?:when )?\b(?:he|she|they|{_NAMED}){_ADVERB} {_PAST}\b",
    rf"\b(?:he|she|{_NAMED}){_ADVERB} {_PAST}\b[^.;!?]{{0,40}}? (?:during|in|at the end of) {_OURS}",
    rf"\b(?:session|hour|meeting|phone call) with {_ONE}{PATIENT}\b[^.;]{{0,40}}? (?:I|we|he|she|they){_ADVERB} {_PAST}\b",
    rf"{_ONE}{PATIENT}'s \w+{_ADVERB} {_PAST}\b",
    r"\bI was consulted by an? \w+|\b(?:took|needed) (?:him|her|them) [^.;]{1,30} (?:to|before \w+) (?:tell|told|show|trust|trusted) me\b",
    r"\bwork(?:ed|ing)?(?: for (?:\w+ ){1,3}?)? ?with (?:an?|one|this) (?!(?:\w+ )?(?:therapist|counsel\w+|supervisor|colleague|professional|coach"
    r"|psychologist|analyst|teacher|team|group)\b)(?:[\w-]+ ){1,3}?(?:who|whose|whom)\b",
    r"\b(?:an?|one|the) (?:[\w-]+ ){1,3}?(?:that |whom |who )?I (?:once |recently |have |had )?(?:treated|counsel?led)\b",
    rf"\bone of the (?:\w+ )?\w+ in (?:one of )?my {_ROOM}\b{_ADVERB} (?:{_PAST}|\w+ed)\b",
    rf"\bmy [\w:]+ (?:o'clock|a\.?m\.?|p\.?m\.?){_ADVERB} (?:{_PAST}|cancell?ed)\b",
    r"\b(?:he|she|they) (?:came|comes) (?:in )?(?:once|twice|three times|every|each) (?:a )?(?:week|month|\w+day|other week)\b",
    r"\b(?!(?:it|idea|thought|answer|memory|words?|image|dream|feeling|realization|sentence|line|phrase|solution)\b)[\w']+"
    r" (?:\w+ly |first |once )?came to (?:see )?me (?:together|because|after|for|with|when|in tears|about|on the advice)\b",
    r"\b(?:he|she) (?:has|had) come to (?:see )?me\b|\bpresented with\b(?=[^.;]*\b(?:year-old|his|her|a history)\b)",
    rf"\b(?:one|my|another|this|an? former|an? current|an? new|an? longtime) {_LIKE}{PATIENT},?(?: of mine)?{_ADVERB} (?:describes?|says|tells me|calls|keeps"
    r"|sums up|writes|brings|comes|sits|thinks|feels|dreams|wakes|cries|likes|wants|puts it|always|never)\b(?! to the (?:office|first))",
    rf"\bI (?:have|had|once had) {_ONE}{PATIENT},? who\b",
    r"\bI(?:'m|'ve been| am| was| have been| had been| started| began)? (?:seeing|treating) (?:an?|two) (?:[\w-]+ ){1,3}?(?:who|whose)\b",
    r"\bI (?:once |recently )?(?:treated|counsel?led) an? (?!(?:\w+ )?(?:cold|wound|cough|fever|friend|burn)\b)[\w-]+",
    r"\ban? (?:[\w-]+ ){1,3}?I (?:see|am seeing|have seen|have been seeing|work with) (?:weekly|every|each|once a|twice a|on \w+days?)\b",
    rf"{_I} (?:sat|met) with {_ONE}{_CALLED}\b[^.;]{{0,30}},? (?:who|whose)\b",
    rf"\blet me tell you about {_NAMED}\b|\bI{_ADVERB} (?!was\b|were\b|became\b|had\b){_PAST} (?:to |with )?{_ONE}{PATIENT}\b",
    rf"\bmy {PATIENT} (?:is|has|does|lives|works|loves|can't|doesn't|isn't|hates|lost)\b(?! (?:to|a right|not)\b)",
    rf"\bwhen I (?:first )?(?:met|saw|began (?:seeing|working with)|started (?:seeing|working with)) {_NAMED}",
    rf"\b{PATIENT} of mine (?:since|for|from)\b|\bmeet {_NAMED}(?=[:,.;])",
    rf"\ban? {_LIKE}{_CALLED}{_ASIDE}? came in (?:last|this|on|one|yesterday|today|recently)",
    rf"\b(?:an?|one|another) {_LIKE}(?:{_CALLED}|\w+(?:ist|ian|er|or)) in (?:one of )?my (?:\w+ )?(?:groups?|caseload|care)\b",
    # she has a name: “Mark was a happily married man who came to talk”, “David (not his real name)”
    rf"{_NAMED}(?: and {_FIRST_NAME})? (?:was|is|were|are) (?:an? )?[^.;!?]{{0,80}}?\bwho (?:had )?{_CAME}",
    rf"{_NAMED},?(?: who| \(\w+\))? (?:had )?{_CAME}(?! (?:visit|at home))",
    rf"{_NAMED},?[^.;!?]{{0,20}} (?:has been|was|had been) in (?:therapy|treatment) with me",
    rf"{_FIRST_NAME} \((?:not (?:his|her|their|the) real name|an? (?:pseudonym|alias|made-up name)|name changed|names have been changed)\)",
    rf"\b(?:(?:whom? )?I(?:'ll| will|'m going to| shall) call (?:(?:her|him|them) )?(?:\"|“)?|let's call (?:her|him|them) (?:\"|“)?){_NAMED}",
    r"^(?:a )?case (?:study|example|vignette|presentation)\b:?|\b(?:client|patient) (?-i:[A-Z])\.? (?:is|was|came|had|told|began|reported)",
    rf"\b{PATIENT},? (?:let's call (?:her|him|them) |I call )",
    r"\b(?:names?|details?)(?: and [\w ]{1,30}?)? (?:have|has) been (?:changed|altered|disguised)\b",
    r"\bchanged (?:her|his|their|the|some|all|any)? ?(?:identifying )?(?:names?|details)\b",
)
# What makes a case together: a single person, the room or the hour of her work, and the past.
PERSON = re.compile(
    rf"\b(?:he|she|him|her|his|someone|somebody|{PATIENT})\b|{_NAMED}|\b(?:an?|one|the|this|that) {_LIKE}{_CALLED}\b",
    re.I,
)
SETTING = any_of(
    rf"\b(?:in|into|to|at|on|onto|of|from|outside|through|across|entered|left|by) (?:one of )?my (?:\w+ )?{_ROOM}\b",
    rf"\ban? {_LIKE}{PATIENT},? who\b|\b(?:one|another|my|this) {_LIKE}{PATIENT}\b(?! (?:portal|list|agreement|files?|records?|rights?|approach|listener|teacher)|-)",
    r"\b(?:his|her|their) (?:very )?(?:first|second|third|last|final|next|\w+th) (?:therapy )?(?:sessions?|appointment|hour|visit)\b",
    r"\b(?:during|in|through|after|before|at the end of) (?:the|that|this|one|every|each|his|her) (?:\w+ )?(?:sessions?|hour|appointment)\b",
    r"\bwe (?:had |have |'d |'ve )?(?:been )?(?:worked|working|met|meeting) (?:together )?(?:for|since|every|once|twice)\b",
    r"\b(?:therapy|treatment|work|session) with me\b|\bthe (?:first|last|second|next) time (?:he|she) (?:came|sat|spoke|walked|called|wept)\b",
    r"\b(?:entered|left|filled) my (?:office|consulting room|waiting room|practice)\b",
    r"\bour (?:\w+ ){0,2}?(?:sessions?|work together|therapy)\b|\bin session\b|\binto (?:our work|treatment|therapy)\b",
)
PAST = re.compile(rf"\b(?:{_PAST}|felt|\w{{3,}}ed)\b|\b(?:named|called) (?-i:[A-Z])", re.I)
GENERAL = re.compile(
    r"\b(?:may|might|can|will|often|usually|sometimes|you|your|people|clients|patients|couples|who come|each|everyone"
    r"|therapists?|as an?|the average|in five|has the right|know|needs?|deserves?|when an?|pays?)\b",
    re.I,
)
# Without one of these there is no case: a quick look before the long one.
HINT = re.compile(
    r"client|patient|analysand|\b(?:I|me|my|our)\b|therapy|treatment|counsel|session|real name|pseudonym|changed"
    r"|\bwho (?:had )?(?:c[ao]me|s[ai]t|sought)|\b(?:case|twice|every|each|presented)\b|call him|call her",
    re.I,
)
# “Clients teach me things. One told me that …”
PATIENTS = re.compile(rf"\b{PATIENT}s\b", re.I)
ONE_OF_THEM = re.compile(rf"^\W*(?:one|another)(?: of them)?{_DID}", re.I)
# A person in therapy, real or not, near whom a detail would stand out.
IN_THERAPY = re.compile(
    rf"\b(?:an?|one|another|my|this) {_LIKE}{PATIENT}\b(?!-)|\bone of my {PATIENT}s\b"
    rf"|\b(?:is|was) (?:an?|my) {PATIENT}\b",
    re.I,
)
SUPPOSED = re.compile(
    r"\b(?:if|whether|imagine|suppose|let's say|picture|may|might|would|whenever|could|can|should"
    r"|say (?:a|that)|hypothetical\w*|perhaps a|any)\b",
    re.I,
)
# What others have published is no secret of hers; and what she sees from her window no case.
# Its medium is said first, its author anywhere.
MEDIUM = re.compile(
    r"\b(?:(?<!case )study|studies(?! at)|trial|film|movie|novel|memoir|series|show|episode|textbook|paper"
    r"|fairy tale|window|supervisors?|colleagues?)\b",
    re.I,
)
PUBLISHED = re.compile(
    r"\b(?:so the story goes|the hospital where|on a couch|Freud|Breuer|Beck|Jung|Rogers|Winnicott|Klein|Yalom|Bion"
    r"|Ferenczi|Fromm\S*|Erikson|Linehan|Lacan|Kohut|Bowlby|Searles)\b"
    r"|\b(?-i:[A-Z]\w+)'s (?:patient|client)\b|\b(?:patient|client) of (?-i:[A-Z])",
    re.I,
)
# Her own life is no client's: “my analyst”, “when I was a patient”, “my mother came to see me”.
OWN_LIFE = re.compile(
    r"\bmy (?:\w+ )?(?:therapists?|analysts?|psychiatrists?|supervisors?|counsell?ors?|teachers?"
    r"|mother|father|mom|dad|parents?|sisters?|brothers?|wife|husband|partner|sons?|daughters?"
    r"|child(?:ren)?|kids?|friends?|grand\w+|aunt|uncle|cousins?|nieces?|nephews?|neighbou?rs?"
    r"|professors?|colleagues?|landlord|dog|cat)\b|\bI was (?:an?|the) (?:\w+ )?(?:patient|client)\b",
    re.I,
)
# A sentence about the person of a case, and not about her who writes, or about people in general.
OF_THEM = re.compile(r"\b(?:he|she|his|her|hers|him|himself|herself|they|their|them)\b", re.I)
OF_HERSELF = re.compile(
    r"^\W*(?:(?:when|while|before|after|since|because|as|and|but|so|then|now|today) )?"
    r"(?:I|I'm|I've|my|we|you|your|clients|patients|therapists|people|many|some|most)\b",
    re.I,
)

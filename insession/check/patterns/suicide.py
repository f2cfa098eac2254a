"""Words about suicide that can hurt or put somebody at risk, why, and better ones (see stigma.py)."""

import re

from insession.check.patterns.compiled import any_of
from insession.check.patterns.stigma import CONDITION, DENIED, table

_SELF = r"(?:him|her|them|my|your)sel(?:f|ves)"
_THEIR = r"(?:his|her|their|my|your)"
_A = r"(?:an?|the|his|her|their|my|your|some)"
_PILLS = (
    r"(?:pills?|tablets?|capsules?|medications?|meds|medicines?|antidepressants?|painkillers?|opioids?|Tylenol"
    r"|acetaminophen|aspirin|ibuprofen|insulin|fentanyl|heroin|cocaine|morphine|Xanax|Valium|Ativan|Klonopin"
    r"|Ambien|Benadryl|sedatives?|barbiturates?|drugs)"
)
_VEHICLE = r"(?:train|subway|truck|bus|car|traffic|lorry|tram|tracks)"
_HEIGHT = r"(?:\w+(?:st|nd|rd|th) (?:floor|story|stor(?:e)?y window)|bridge|roof(?:top)?|building|balcony|window|cliff|ledge|overpass|tower|parking garage|railing)"
_GUN = r"(?:gun|rifle|shotgun|pistol|revolver|handgun|firearm)"
_ON_PURPOSE = r"(?:purposely|purposefully|deliberately|intentionally|on purpose)"
_HIM = r"(?:(?:him|her|them|my)sel(?:f|ves)|(?:his|her|their|my) (?:own )?li(?:fe|ves))"
_MEANS = r"(?:overdos\w+|hanging|firearms?|guns?|poison\w*|pills|jumping|suicides?|suicidal|suffocation|drowning)"
_WHO = r"(?:people|those|they|men|women|boys|girls|teens|teenagers|most|many|some|so many|students)"
# How somebody did it.
METHOD = (
    rf"\b(?:jump|leap|plung|fling|thr[eo]w)\w*(?: {_SELF})? (?:(?:off|from|in front of|out of|under|into the path of|over) "
    rf"(?:of )?{_A} (?:[\w-]+ )?(?:[\w-]+ )?(?:{_HEIGHT}|{_VEHICLE})|to (?:his|her|their) deaths?)\b"
    rf"|\b(?:stepp?|walk|r[au]n|dr[oi]ve|steer|swerv|crash|lay|lie)\w*(?: {_A} (?:\w+ )?car)?(?: down)? (?:in front of"
    rf"|into the path of|into|on|off|under|onto) {_A} (?:\w+ )?(?:oncoming|speeding|moving|approaching|passing) "
    rf"(?:\w+ )?{_VEHICLE}\b|\b(?:stepp?|walk|r[au]n|lay|lie)\w*(?: down)? (?:in front of|under|on|onto|into) {_A} "
    r"(?:\w+ )?(?:trains?|train tracks|tracks|railroad tracks)\b"
    rf"|\b{_ON_PURPOSE} (?:stepp?|walk|r[au]n|dr[oi]ve|steer|crash|t[oa]ke?|took|swallow|overdos|jump|let)\w*(?: [\w']+){{1,7}}"
    rf"|\b(?:drove|steered|crashed|walked|stepped|ran|rode)\b[^.;]{{1,50}}? {_ON_PURPOSE}\b"
    rf"|\boverdos(?:e[sd]?|ing) on (?:[\w']+ ){{0,4}}{_PILLS}\b"
    rf"|\b(?:swallow|t[ao]k|took|down|ingest|gulp)\w* (?:{_A} |all (?:of )?|\w+ )?(?:\w+ )?(?:whole |entire |full )?"
    rf"(?:bottles?|boxes|packs?|packets?|handfuls?|overdose) of (?:\w+ )?{_PILLS}\b"
    rf"|\b(?:swallow|t[ao]k|took|ingest)\w* (?:twenty|thirty|forty|fifty|sixty|a hundred|\d\d+|dozens|too many) (?:of )?(?:[\w']+ ){{0,3}}{_PILLS}\b"
    rf"|\boverdose of (?:\w+ )?{_PILLS}\b|\b(?:park|stopp|stay|sat|lay|stood)\w* (?:\w+ )?(?:on|across|between) (?:the )?(?:\w+ )?tracks\b"
    rf"|\b(?:attempt\w*|tried|try) suicide (?:with|by|using) \w+"
    rf"|\b(?:swallow|t[ao]k|took|ingest)\w* (?:all|every one) (?:of )?{_THEIR} (?:[\w']+ ){{0,2}}{_PILLS}\b"
    r"|\b(?:took|takes?|taking|taken|injected|drank) (?:an? )?(?:lethal|fatal|deadly) (?:dose|amount|overdose|cocktail)(?: of \w+)?"
    rf"|\b(?:slit|slits|slitting|slash\w*|cut|open(?:ed|s)|opening) {_THEIR} (?:own )?(?:wrists?|veins|throat|arteries)\b"
    rf"|\b(?:hang(?:ed|s|ing)?|hung|shot|shoots|shooting|poison(?:ed|s|ing)?|drown(?:ed|s|ing)?|stabb(?:ed|ing)|gass(?:ed"
    rf"|ing)|suffocat(?:ed|es|ing)|strangl(?:ed|es|ing)|starv(?:ed|ing)) {_SELF}\b(?! in the (?:foot|mirror)| to death laughing)"
    rf"|\bset {_SELF} on fire\b|\bfound (?:\w+ )?hanging\b|\bpulled the trigger\b|\b(?:took|taken|takes|taking|with|by) an overdose\b|\bfound dead (?:with|beside|next to|in) (?:\w+ )?(?:\w+ )?"
    rf"(?:pills|bottle|gun|needle|garage|bathtub|rope|car)\b|\bbled (?:out|to death)\b"
    rf"|\b{_GUN} (?:was |is |went )?(?:to|in|into|at|against|on) {_THEIR} (?:own )?(?:head|mouth|temple|chest|heart)\b"
    rf"|\b{_GUN} to the head\b|\bturned (?:the|a|his|her) {_GUN} on {_SELF}"
    r"|\bcarbon monoxide\b(?! (?:detector|alarm|poisoning can))|\b(?:with the|an?|the) engine running\b"
    rf"|\b(?:tied|tying|fastened|slung|threw|looped|made|knotted) (?:{_A} )?(?:\w+ )?(?:noose|rope|sheet|bedsheet|cord)"
    rf"(?: (?:to|around|over|from|about) (?:the|a|his|her) (?:\w+ )?\w+| into a noose|$)|\bnoose\b"
    rf"|\b(?:wrapp|put|tied|slipp|loop|tighten|fasten)\w* (?:{_A} )?(?:\w+ )?(?:cord|rope|belt|sheet|wire|shoelaces?) (?:around|about|over)"
    rf" {_THEIR} (?:own )?neck\b|\bgunshot (?:to|wounds?)\b|\b(?:drank|drunk|drink(?:ing)?|swallow\w*) (?:\w+ )?(?:antifreeze|bleach"
    rf"|pesticides?|poison|drain cleaner|cyanide)\b|\bplastic bag (?:over|around|on) {_THEIR}\b|\bcut (?:\w+ )?deep(?:ly)? enough\b"
    r"|\brazor blades? (?:beside|next to|in (?:his|her) hand)\b"
    rf"|\b(?:kill(?:ed|s|ing)?|end(?:ed|s|ing)?|t(?:ook|akes?|aking)) {_HIM} (?:by (?!suicide)\w+ing\b(?: \w+){{0,4}}"
    rf"|with (?:{_A} )?(?:\w+ )?(?:{_GUN}|weapon|knife|rope|pills|razor|belt|overdose|cord|car)|using (?:{_A} )\w+)"
    r"|\b(?:died|dies|dying|suicides?|death) by (?:hanging|gunshot|firearm|gun|overdose|jumping|drowning|poisoning"
    r"|self-inflicted \w+)\b|\bself-inflicted (?:gun|wound|stab)\w*"
)
# Words that are about ending one's life, near which others mean it too.
SUICIDAL = any_of(
    r"\bsuicid\w*",
    rf"\b(?:t(?:ook|ake|akes|aking|aken)|end(?:ed|s|ing)?) {_THEIR} (?:own )?li(?:fe|ves)\b",
    rf"\bkill(?:ed|s|ing)? {_SELF}\b|\b(?:want\w*|wish\w*|hop\w+|plan\w*) (?:to die|to be dead|(?:he|she|they) (?:was|were)"
    r" dead)\b|\bend(?:ed|ing)? it all\b|\bself-harm\w*|\bself-injur\w*",
)
_HIDE = r"(?:hid|hides?|hiding|hidden|conceal\w*|stash\w*|smuggl\w*|disguis\w*|cover(?:ed|s|ing)? up|kept)"

# https://reportingonsuicide.org and https://www.samaritans.org/mediaguidelines
SUICIDE = table(
    (
        r"\bcommit(?:s|ted|ting)? (?:a )?suicide\b(?! prevention)",
        "It sounds like a crime, and people bereaved by suicide hear that.",
        "“{die,dies,died,dying} by suicide”",
    ),
    (
        r"\b(?:un)?successful suicides?\b|\b(?:un)?successful attempts? (?:at suicide|on \w+ (?:own )?life)"
        r"|\bsuccessfully (?:killed|took (?:his|her|their) (?:own )?li(?:fe|ves))"
        r"|\bsuicide attempts? (?:had |has |have )?(?:failed|succeeded|(?:was|were) (?:un)?successful)\b"
        r"|\bfailed (?:suicides?|attempts? (?:at suicide|on \w+ (?:own )?life))\b",
        "It measures a death, or staying alive, as success or failure.",
        "“died by suicide”, or “survived a suicide attempt”",
    ),
    (
        r"\bcomplet(?:e|es|ed|ing) suicide\b",
        "It makes the death sound like something that was achieved.",
        "“{die,dies,died,dying} by suicide”",
    ),
    (
        r"\bcompleted suicides\b",
        "It makes the death sound like something that was achieved.",
        "“deaths by suicide”",
    ),
    (
        r"\bsuicide victims?\b|\bvictims? of suicide\b",
        "It takes the person away behind the way he or she died.",
        "“{a person,people} who died by suicide”",
    ),
    (
        r"\bsuicides? (?:\w+ ){0,3}epidemic (?:levels|proportions)\b|\bsuicide epidemic\b|\bepidemic of suicides?\b|\bsuicides? (?:\w+ )?skyrocket\w*",
        "Large words make suicide look usual, which can draw in someone who is at risk.",
        "“rising”, with the number and its source",
    ),
    (
        r"\bsuicid(?:e|al) gestures?\b|\bparasuicid\w+",
        "It says that the pain wasn’t meant seriously.",
        "“suicide attempt”, or “self-harm”",
    ),
    (
        METHOD,
        "Telling how somebody died can lead a reader at risk to do the same.",
        "“died by suicide”, without the method",
    ),
    (
        r"\b(?:chose|chooses|decided) (?:suicide|to (?:die|end (?:his|her|their) (?:own )?li(?:fe|ves)))\b",
        "Most people in that state feel that they have no choice.",
        "“died by suicide”",
    ),
    (
        r"\bsuicide (?:is|was|as|seems|seemed) (?:\w+ ){0,3}(?:selfish|coward\w*|easy way out|way out|solution)\b",
        "It judges, or makes it look like an answer, and a reader at risk may take it for one.",
        "that such thoughts pass, and where help is at this hour",
        DENIED,
    ),
    (
        rf"\blo(?:st|ses?|sing) (?:his|her|their|a|the) (?:long )?(?:battle|fight|struggle) (?:with|against|to) {CONDITION}",
        "It tells those who are ill that dying is a defeat.",
        "“died by suicide”, or “died”",
    ),
    (
        rf"\b(?:most |more |least )?(?:common|popular|frequent|usual|lethal|effective|reliable|painless|quick(?:est)?|easy"
        rf"|easiest|easier|deadl(?:y|ier|iest)|preferred|favou?rite|surest|sure) (?:method|means|way)s?\b"
        rf"(?=[^.;]*\b{_MEANS}\b| to (?:die|go|kill|end)\b)"
        rf"|\b{_MEANS}\b[^.;]{{0,40}} (?:most |more |least )(?P<method>(?:common|popular|frequent|lethal|effective|reliable"
        r"|painless|deadly) (?:method|means|way)s?)\b"
        rf"|\b{_MEANS}\b[^.;]{{0,30}} (?P<easy>the (?:painless|easy|easiest|quick|quickest|surest|common) way)\b"
        r"|\b(?:methods?|means) (?:of suicide|(?:\w+ )?(?:used|chosen|include|includes|are|is) (?:\w+ ){0,3}"
        rf"{_MEANS})|\bsuicide methods?\b|\b(?:pills|guns|firearms|hanging|overdoses?|jumping) (?:is|are) (?:the|a|their) (?:\w+ )?(?:way|method|choice|means)\b"
        r"|\b(?:hanging|an overdose|overdosing|drowning|jumping|a gun|shooting) is (?:\w+ )?(?:quick|painless|easy|fast|certain"
        r"|sure)\b|\b(?:guns?|pills|hanging|firearms?|jumping|an overdose|overdoses) (?:\w+ )?(?:works?|fails?|kills?|succeeds?)"
        r" (?:almost |nearly )?(?:every time|always|faster|instantly|best|most often|rarely)\b|\b(?:an overdose|hanging) is (?:"
        r"|over in)\b",
        "Comparing methods can help a reader at risk to choose one.",
        "no method: “many people who survived an attempt are glad that they did”",
    ),
    (
        rf"\b(?:bridge|cliffs?|overlook|tower|building|tracks|forest|park|spot|place|station)\b[^.;]{{0,40}} (?:where|for|that|from"
        rf" which) (?:\w+ )?{_WHO}\b[^.;]{{0,30}}\b(?P<there>(?:to die|jump(?:s|ed)?|go to die|goes to die|to jump|die\b"
        r"|end (?:it|their lives)|kill themselves))"
        r"|\bsuicide (?:hot ?spots?|bridge|forest|cliff|spot|tree|magnet|destination)\b"
        r"|\b(?:Golden Gate(?: Bridge)?|Aokigahara|Beachy Head|Niagara Falls)\b(?=[^.;]*\b(?:jump|suicid|die\b|died|death))"
        r"|\b(?:jumped|leapt|leaped|fell to (?:his|her) death|went off) (?:off|from) (?:the )?(?-i:[A-Z])[\w ]+",
        "A place that is named draws people at risk to it.",
        "no place: “died by suicide”",
    ),
    (
        rf"\b(?:hid|hides?|hiding|stash\w*) (?:the|her|his|their) (?:\w+ )?(?:pills|tablets) (?:under|in|behind|inside)\b|\b{_HIDE} (?:\w+ ){{0,4}}?(?:cuts|razors?|razor blades?|blades?|noose|cutting|self-harm|self-harm scars|suicid\w+"
        r"(?: \w+)?)\b(?! (?:from (?:cooking|shaving))?\w*note)"
        rf"|\blong[- ]sleeve\w*\b[^.;]{{0,60}}\b(?:cuts|cutting|scars|wounds|marks)\b"
        rf"|\b(?:cuts|cutting|scars|wounds|marks) [^.;]{{0,40}}\b(?:under|beneath|with|behind) long[- ]sleeve\w*"
        rf"|\b(?:sav|stockpil|hoard|collect|stash|squirrel|set|put)\w*(?: up| aside| away)? (?:(?:\w+ )?{_THEIR} (?:[\w']+ )?"
        rf"|enough |the |all the )?(?:\w+ )?(?:pills|tablets|medication|painkillers|sleeping pills|morphine|insulin|opioids)\b(?! (?:in|into) "
        r"(?:a|the|their|your) (?:box|cabinet|safe|lock\w*))(?=[^.;]* (?:for (?:\w+ )?(?:weeks|months|years|days)|until|in a"
        r" (?:sock|drawer|sock drawer)|under (?:the|her|his)|one by one|just in case))",
        "It shows a reader at risk how to keep others from noticing.",
        "what those around could see, and what helped",
    ),
    (
        r"\bin (?:his|her|their|the|a) suicide note\b|\bsuicide note\b[^.;]{0,20}\b(?:said|says|read|reads|explained|blamed|told|contained)\b"
        r"|\b(?:left|wrote|writes|leaving|leaves) (?:behind )?an? (?:suicide|farewell|goodbye) (?:note|letter)\b",
        "Quoting a last letter makes the death into a message.",
        "“died by suicide”, without the letter",
    ),
    (
        r"\bsuicide (?:rates? |numbers? |cases? )?(?:is|are|was|were|has been|have been|keeps?)? ?(?:\w+ )?(?:soar|spik|surg"
        r"|explod|contagious|spreading)\w*|\b(?:wave|rash|surge|spate|cluster|outbreak|plague|explosion) of (?:\w+ )?suicides?\b",
        "Large words make suicide look usual, which can draw in someone who is at risk.",
        "“rising”, with the number and its source",
    ),
    (
        rf"\b(?:hid|hides?|hiding|cover(?:s|ed|ing)?) (?:up )?(?:{_A} |those )?(?:marks|scars|cuts|wounds) (?:with|under|behind|beneath)"
        r" (?:\w+ )?(?:bracelets?|sleeves?|make-?up|tattoos?|bandages?|hood(?:ies?|y)|watch|foundation|concealer)\b|\bcover the (?:cuts|scars|marks)\b",
        "It shows a reader at risk how to keep others from noticing.",
        "what those around could see, and what helped",
    ),
    (
        rf"\b(?:killed|hanged|shot) {_SELF} (?:just |only |simply )?(?:because|over)\b|\b(?:died by|drove (?:him|her|them) to) suicide (?:because|over)\b"
        r"|\b(?:drove|drives|driven) (?:him|her|them) to suicide\b",
        "A death by suicide never has one cause, and this one may be a reader’s.",
        "several causes, or none",
    ),
    (
        r"\bonly cowards\b[^.;]*|\bsuicide (?:is|was|seemed) (?:\w+ ){0,2}(?:answer|relief|release|freedom|peace|rest)\b"
        r"|\bsuicide (?:set|freed|released|ended (?:his|her|their) (?:pain|suffering))\b",
        "It judges, or makes it look like an answer, and a reader at risk may take it for one.",
        "that such thoughts pass, and where help is at this hour",
        DENIED,
    ),
    (
        r"\bthreaten(?:s|ed|ing)? (?:suicide|to kill (?:him|her|them)sel(?:f|ves))\b|\bsuicide threats?\b",
        "It hears blackmail where somebody may be in despair.",
        "“said that … thinks of suicide”",
    ),
)
# What is about suicide only beside words that are.
NEAR_SUICIDE = table(
    (
        r"\b(?:use|uses|used|using|choose|chose) (?:guns?|pills|firearms?|ropes?|poison|drugs)\b"
        r"|\binto the (?:lake|river|sea|ocean) with (?:stones|rocks)\b"
        rf"|\b(?:used|with|took|found|bought|grabbed|borrowed|loaded) {_A} (?:[\w'-]+ ){{0,2}}(?:{_GUN}|rope|belt|razor|knife"
        rf"|scarf|bedsheet|pills)\b|\b(?:in|into) the (?:garage|bathtub|tub|closet|attic|basement|barn)\b"
        rf"|\b(?:jumped|went off|stepped off|leapt|drove off|walked into the (?:sea|ocean|river|lake)|into the river)\b"
        rf"|\b(?:stepped|walked|ran|drove) (?:out )?(?:in front of|into|off) {_A} (?:\w+ )?(?:{_VEHICLE}|{_HEIGHT}|tree|wall)\b"
        rf"|\b(?:swallowed|took|taken) (?:(?:\d+|\w+) )?{_PILLS}\b(?! (?:for|daily|as))|\boverdosed\b(?! on)",
        "Telling how somebody died can lead a reader at risk to do the same.",
        "“died by suicide”, without the method",
    ),
    (
        r"\b(?:selfish\w*|coward\w*|weak-willed|weak|sinful|a sin)\b(?! (?:moment|spot))",
        "It judges, and a reader at risk may hear that he or she is despised.",
        "that such thoughts pass, and where help is at this hour",
        DENIED,
    ),
    (
        r"\b(?:(?:finally|now|at last|is|are|was) (?:\w+ )?at (?:peace|rest)|found (?:\w+ )?(?:peace|rest|release)|out of (?:his|her|their) (?:pain|misery)|in a better place|with the angels|with God|watching over us"
        r"|free (?:of|from) (?:his|her|their|the|all) (?:pain|suffering)|no longer (?:in pain|suffering)|pain is over)\b",
        "It makes death look like relief, and a reader at risk may want that.",
        "“died by suicide”, and what those who stay behind miss",
    ),
    (
        r"\b(?:finally|eventually|at last|later) succeeded\b|\bsucceeded (?:the|on (?:his|her)|in (?:doing|killing|ending))\b"
        r"|\bfailed (?:attempts?|tries)\b|\bunsuccessful(?:ly)?\b",
        "It measures a death, or staying alive, as success or failure.",
        "“died by suicide”, or “survived a suicide attempt”",
    ),
    (
        rf"\b{_HIDE} (?:\w+ ){{0,4}}?(?:scars|pills|belt|rope|knife|plan|intent\w*|wounds|gun|tablets|bandages|marks)\b"
        r"|\b(?:told|tell|telling|fool\w*|lied to|lying to|trick\w*) (?:the |her |his |their )?(?:staff|nurses?|doctors?|parents"
        r"|therapists?|everyone)\b[^.;]{0,20} (?:what they wanted|to get out|so (?:that )?(?:he|she|they) could)"
        r"|\bso (?:that )?(?:nobody|no one) would (?:suspect|notice|know|find out|stop (?:him|her|them))\b",
        "It shows a reader at risk how to keep others from noticing.",
        "what those around could see, and what helped",
    ),
)
# Whether a text is about suicide: a word of it in the title, or again and again.
ABOUT = any_of(SUICIDAL.pattern, r"\bwant(?:ed|s)? to die\b")
NOT_ABOUT = re.compile(
    r"\b(?:career|political|social|professional|physician-assisted) suicide\b|\bsuicide (?:squeeze|squad)\b"
    r"|\bsuicide (?:and|&) crisis lifeline\b|\bsuicide prevention lifeline\b",
    re.I,
)
CRISIS_LINE = re.compile(
    r"\b(?:988|911|112|999|116 ?123|lifeline|hotline|crisis (?:line|text)|samaritans|emergency (?:room|number))\b",
    re.I,
)

"""Advice about medicines, herbs and other substances: to take, stop or change them, or what they do."""

import re

from insession.check.patterns.compiled import any_of, words

_DRUG = words(
    "antidepressants? SSRIs? SNRIs? tricyclics? lithium Prozac Zoloft Lexapro Celexa Paxil Luvox Effexor"
    " Cymbalta Pristiq Xanax Ativan Valium Klonopin Ambien Lunesta Adderall Ritalin Vyvanse Concerta"
    " Strattera Wellbutrin Remeron Trazodone Seroquel Zyprexa Abilify Risperdal Lamictal Depakote"
    " Buspar Benadryl Unisom Neurontin Suboxone sertraline fluoxetine escitalopram citalopram"
    " paroxetine venlafaxine duloxetine bupropion mirtazapine quetiapine olanzapine aripiprazole"
    " alprazolam lorazepam clonazepam diazepam zolpidem gabapentin propranolol hydroxyzine"
    " lamotrigine methylphenidate naltrexone benzodiazepines? benzos? beta[_-]blockers?"
    " mood_stabili[sz]ers? antipsychotics? anti[_-]anxiety_(?:meds?|medications?|pills?|drugs?)"
    " sleeping_pills? sleep_aids? psychiatric_drugs?"
)
_HERB = words(
    "St\\.?_John's_wort melatonin magnesium(?:_glycinate)? valerian(?:_root)? ashwagandha rhodiola kava"
    "(?:[_-]kava)? kratom passionflower saffron_(?:extract|capsules?|supplements?) L-theanine theanine"
    " 5-HTP SAM-e (?-i:SAMe) CBD(?:_oil|_gummies|_drops)? fish_oil omega-3s? vitamin_(?:B|C|D)\\d*s? inositol"
    " lavender_(?:oil|capsules?) cannabis THC ketamine psilocybin ayahuasca MDMA LSD"
    " (?:magic_)?mushrooms microdos\\w+ paracetamol herbs? herbal_remed(?:y|ies) supplements? antihistamines?"
)
_ANY = words(
    "medicines? medications? meds pills? tablets? capsules? stimulants? doses? dosage prescriptions?"
    " refills?"
)
_NO_MEDICINE = (
    r"\b(?! (?:cabinet|bag|bottle|box|chest|list|glasses|lenses|to (?:the|your) (?:form|list)"
    r"|of (?!your|the|any|all|\d|a\b|an\b|" + f"{_DRUG}|{_HERB}" + r")))"
)
_MEDICINE = rf"(?:{_DRUG}|{_HERB}|{_ANY}){_NO_MEDICINE}"
_UNIT = r"(?:mg|mcg|g|IU|milligrams?|micrograms?|grams?|drops)"
_OBJECT = (
    r"(?: taking| using| on| off| with| of)?(?: (?:your|their|his|her|the|any|all|these|those|that|this|an?"
    r"|some|more|less|few|half|drops|gumm(?:y|ies)|capsules?|pinch|cup|extra|one|two|other|own|teenager|teen|child|kids?|son|daughter|partner|spouse|children"
    rf"|of|on|\d[\d.,]* ?{_UNIT}))*"
    rf"(?: \w+)? {_MEDICINE}\b"
)
_STOP = (
    r"(?:stop|quit|drop|come off|go off|get off|get rid of|give up|throw (?:away|out)|throw|toss|dump|ditch"
    r"|flush|skip|miss|halve|double(?: up)?|reduce|split|break|crush|cut(?: down(?: on)?| back(?: on)?| out)?"
    r"|lower|raise|increase|change|taper(?: off)?|(?:wean|get) (?:yourself|your \w+) off|phase out"
    r"|discontinue|put|leave|forget|save|share|borrow|mix|combine|replace|swap|substitute|trade|ration|keep (?:your|the) \w+ off"
    r"|go(?:ing)? without|do without|place"
    r"|stretch)"
)
_STOPPING = (
    r"(?:stopping|quitting|dropping|coming off|going off|getting off|skipping|halving|doubling|reducing"
    r"|cutting(?: down(?: on)?| back(?: on)?)?|lowering|raising|tapering(?: off)?|weaning \w+ off"
    r"|weaning off|discontinuing|mixing|combining)"
)
_TAKE = (
    r"(?:take|start|try|use|begin|add|switch to|give|start (?:him|her|them|your \w+) on|put (?:him|her|them|your \w+) on|get yourself|stock up on|consider|chew|sip|drink"
    rf"|pop|swallow|smoke|vape|dissolve|ask for(?= (?:{_DRUG})\b))"
)
_TAKING = r"(?:taking|trying|using|starting|adding|beginning|microdosing(?: with)?|switching to)"
_ADVISE = r"(?:suggest|advise|recommend|urge|encourage|propose)"
_WHOM = (
    r"(?:(?:that )?(?:you|everyone|everybody|anyone|people|clients|patients|parents|couples|women|men|teens)"
    r"(?: \w+){0,3}?|(?:my |all my )?(?:clients|patients|couples|friends)(?: \w+){0,2}?)"
)
_MUST = r"(?:'d better| (?:should|must|ought to|need to|have to|really should|could always))"
_ORDER = (
    r"(?:^|[.;:] |, (?:and |then |so |just |simply )?|\b(?:please|simply|just|then|so) "
    rf"|\b(?:you|everyone[^,.;]{{0,30}}|people|most people|children){_MUST} (?:\w+ly )?(?:just )?(?:at least )?"
    rf"|\b{_ADVISE} (?:that )?you (?:to )?"
    rf"|\b(?:advise|tell|urge|encourage|ask|want|remind) (?:my )?{_WHOM} to "
    r"|\b(?:my advice|the trick|the answer|the secret|my suggestion|the solution|the first step)[^.;]{0,20}"
    r" (?:is to |is simple: |is:? )|\band "
    r"|\b(?:don't be afraid|feel free|don't hesitate) to |\bwhy not (?:just )?)"
)
_LEAVE = (
    r"(?:\b(?:you|most people|many people|anyone|everyone|people) (?:can|could|may) (?:\w+ly )?(?:just )?"
    r"|\b(?:it's|it is|it's perfectly|it is perfectly|it's usually|it's probably) "
    r"(?:time|safe|fine|ok|okay|all right|best|better|easy|healthier|possible) (?:for \w+ )?to "
    r")"
)
_HOW = (
    r"\b(?:how to|how you can|how I|ways? to|steps? to|tips for|(?:guide|tricks|secrets?) to)"
    r" (?:\w+ly |finally |just )?"
)
_STRONG = r"(?:\w+ly |often |always |would |'d |can |also |do )*"
_AS_GOOD = (
    r"(?:works?|acts?|is|are|be|can be|does|helps?|proved|performs?|calms?|relax\w*)\b[^.;]{0,30}?\b"
    r"(?:(?:just |every bit |exactly |much |almost )?(?:like|the same (?:way )?(?:as)?|as \w+ as)"
    r"|no better than|better than|(?:more|less) \w+ than|\w+er than|superior to|instead of)"
)
_WONDERS = (
    r"(?:takes? the edge off|does wonders|do wonders|works? (?:wonders|miracles|like a charm|every time)"
    r"|will (?:help|calm|relax|lift|let) you|helps? you (?:sleep|relax|calm)|(?:is|are) (?:\w+ly )?(?:harmless|safe\b"
    r"(?! to ask)|not addictive|non-addictive|habit-free|risk-free)|ha(?:s|ve) (?:no|few(?:er)?|hardly any) side effects|without (?:any )?side effects"
    r"|(?:solves?|cures?|fixes|ends|erases|melts away|knocks? (?:you )?out|settles? (?:the|your)"
    r"|soothes?|quiets?|calms? (?:the|your|you)))"
)
_FREQUENT = (
    r"(?:(?:once|twice|three times) (?:a|per) (?:day|week)|a day|per day|daily|(?:each|every) (?:day|night"
    r"|morning|evening|other day)|(?:at|before) (?:bed(?:time)?|night|sleep)|in the (?:morning|evening)|with food)"
)
MEDICINE = any_of(
    rf"{_ORDER}(?P<told>(?:{_STOP}|{_TAKE}){_OBJECT})",
    rf"{_LEAVE}(?P<allowed>{_STOP}{_OBJECT})",
    rf"{_ORDER}(?:try|consider|start|begin|stop) (?P<trying>(?:{_STOPPING}|{_TAKING}){_OBJECT})",
    rf"\b(?P<how>{_HOW}(?:{_STOP}|{_STOPPING}|{_TAKE}){_OBJECT})",
    rf"\bI (?P<advised>{_STRONG}(?:recommend|suggest|advise|swear by|prefer|vouch for|tell {_WHOM} about)"
    rf"(?! (?:that )?you\b)(?: that)?(?: {_WHOM})?(?: to)?"
    rf"(?: (?:{_STOP}|{_TAKE}|{_STOPPING}|{_TAKING})\b)?{_OBJECT})",
    rf"\b(?P<favourite>my (?:own )?(?:favou?rite|go-to|first choice)[^.;]{{0,40}} (?:is|are){_OBJECT})",
    rf"\b(?P<same>{_AS_GOOD}(?: (?:an?|any|the|most|many|your|some|of|other|prescription|traditional))*"
    rf" (?:{_DRUG}|meds|medications?|pills|sleeping pills|prescription \w+)\b)",
    r"\b(?P<natural>(?:natural|herbal|safe|safer|gentle|gentler|drug-free|healthier|non-addictive|cheap\w*)"
    r"(?:,? (?:and )?[\w-]+)? (?:alternatives?|replacements?|substitutes?|answers?|versions?) (?:to|for|of)"
    rf"(?: \w+)? (?:{_DRUG}|{_ANY})\b)",
    rf"\b(?P<wonders>(?:{_DRUG}|{_HERB})\b[^.;]{{0,40}}?\b{_WONDERS}\b)",
    rf"\b(?P<dose>(?:{_MEDICINE}),? (?:\w+ ){{0,2}}\d[\d.,]* ?{_UNIT}\b|\b\d[\d.,]* ?{_UNIT} (?:of )?(?:\w+ )?"
    rf"(?:{_MEDICINE})\b[^.;]{{0,30}}{_FREQUENT})",
    rf"\b(?P<timing>(?:taking|trying|exploring|adding|using|switching to) (?:your |the |a |some |natural |herbal |\d+ ?mg of )*"
    rf"(?:{_MEDICINE})[^.;]{{0,60}}\b(?:solves|helps|fixes|works|(?:is|are|can be|may be) (?:\w+ )?(?:better|helpful"
    r"|beneficial|worth|great|wise|good|the answer)))",
    rf"\b(?P<bad>(?:{_DRUG}|{_ANY}) (?:\w+ ){{0,2}}?(?:are|is) (?:\w+ ){{0,3}}?(?:placebos?|sugar pills?|poison"
    r"|a crutch|crutches|a band-?aid|band-?aids|a scam|a trap|overrated|useless|overprescribed|worthless)\b)",
    rf"\b(?P<masks>(?:{_DRUG}|{_ANY})\b[^.;]{{0,20}}\b(?:only|just|merely|simply) (?:mask|numb|cover|hide"
    r"|dull|suppress)\w*)",
    rf"\b(?P<needless>(?:you (?:don't|won't|will not|do not|will never|no longer)(?: \w+ly)? (?:need|have to (?:stay"
    r" on|keep taking|be on|rely on)|need to (?:stay on|keep taking))|no need for|you can do without"
    r"|better off without)(?: to take| to be on)? (?:your |the |any |those |these |a |an )?(?:\w+ )?"
    rf"{_MEDICINE})(?!\b[^.;]{{0,10}} to (?:begin|start|come|see|be seen))\b",
    rf"\b(?P<forever>don't (?:have|need) to (?:take|keep taking|stay on|be on|keep swallowing){_OBJECT} (?:forever|for life|any ?more"
    r"|any longer|for the rest))",
    rf"\b(?P<keep>no (?:need|reason) to (?:keep taking|stay on|keep|be on|take){_OBJECT})",
    rf"\b(?P<harm>(?:{_DRUG}|{_ANY})\b[^.;]{{0,20}}\b(?:do(?:es)? more harm than good|turns? \w+ into (?:a )?zombies?|numbs? you"
    r"|poisons? \w+|dulls? your))|\b(?P<away>(?:stay away from|steer clear of|avoid|beware of)"
    rf" (?:all |the |any )?(?:{_DRUG}))\b",
    rf"\b(?P<best>the best (?:\w+ )?(?:medicine|remedy|cure|treatment|supplement|herb|pill|thing)s? for [^.;]{{1,30}} (?:is|are) (?:\w+ )?"
    rf"(?:{_DRUG}|{_HERB})\b)",
    rf"\b(?P<drinking>(?:okay|ok|fine|safe|all right) to (?:drink|have (?:a|one|some) \w+(?: of \w+)?|smoke|drive) (?:on|with|while on"
    rf"|while taking) (?:\w+ )?(?:{_MEDICINE}))\b",
    rf"\b(?P<lifts>(?:{_HERB}|{_DRUG})\b[^.;]{{0,20}}? (?:will|can help|can) (?:\w+ )?(?:lift|cure|heal|ease|calm|fix|end|improve|boost"
    r"|replace|balance|restore|banish|treat|relieve) (?:your|you|the|anxiety|depression|panic|insomnia|sleep|mood)\b)",
    rf"\b(?P<beats>nothing (?:beats|works like|is as good as){_OBJECT}|nature's (?:own )?(?:{_DRUG})|do(?:es)? the same (?:thing |job )?as"
    rf" (?:an? )?(?:{_DRUG})|(?:can|will|could) (?:safely )?(?:replace|substitute for|take the place of|stand in for|do away with)"
    rf" (?:your |the |an? |any )?(?:{_DRUG}|{_ANY}))\b",
    rf"\b(?P<swear>(?:my \w+|I|we|many|they) swears? by{_OBJECT})",
    rf"\b(?P<myway>how I (?:weaned myself off|got off|came off|quit|stopped|tapered(?: off)?){_OBJECT})",
    rf"\b(?P<unhurt>(?:{_DRUG}|{_ANY})\b[^.;]{{0,20}}? (?:won't|will not|can't|doesn't|does not) (?:hurt|harm))\b",
    rf"\b(?P<instead>instead of (?:taking|swallowing|popping|starting|buying){_OBJECT})",
    rf"\b(?P<be_on>you (?:should|must|ought to|need to) be on (?:an? )?(?:\w+ )?(?:{_MEDICINE}))\b",
    rf"\b(?P<would>I(?:'d| would) (?:start|begin|go|try){_OBJECT})",
    rf"\b(?P<unneeded>(?:{_DRUG}|{_ANY})\b (?:is |are |becomes? )?(?:unnecessary|superfluous|obsolete))",
    rf"\b(?P<longer>half an? (?:{_DRUG})\b)",
)
# “Just take half.”, “If not, stop.”: said of a medicine that was named before.
ORDER_IT = any_of(
    rf"(?:{_ORDER}|{_LEAVE})(?P<it>(?:{_STOP}|{_TAKE}|{_STOPPING}|try {_STOPPING})(?: (?:taking|using))?"
    r" (?:it|them|those|these|half|(?:two|three|double)(?= (?:the|at|when|if|next|tomorrow|instead))|one(?= (?:when|if|before|at|more|less))|cold turkey|every (?:other|second) day|altogether"
    r"|an extra(?: one)?|a double dose|the whole thing)(?! (?:easy|up with your|slow))\b(?: \w+)?)",
    r", (?:if not, |just |simply |and )?(?P<stop>stop|double up|skip (?:it|a day)|quit cold turkey)[.!]?$",
    rf"(?:{_ORDER}|{_LEAVE})(?P<level>(?:(?:start|begin|stay|go) (?:with|at|on|up to|down to)|work up to) \d[\d.]* ?{_UNIT})\b",
    rf"(?:{_ORDER}|{_LEAVE})(?P<holiday>take a (?:holiday|break|vacation) from it)\b",
    r"\b(?P<mask>(?:they|it) (?:only|just|merely) (?:masks?|numbs?|covers?|hides?|dulls?))\b",
    r"\b(?P<better>better off without (?:it|them)|(?:you know|trust) your (?:own )?body)\b",
    rf"(?:{_LEAVE}|{_ORDER})(?P<doubled>double up|stop (?:any time|overnight|whenever)|mix)\b",
    r"\b(?P<yours>you should (?:\w+ )?(?:try|take|start|quit|stop) (?:it|them|one))\b",
    r"\b(?P<same_for_you>do the same for you|(?:and|so) (?:you can,? too|can you)|(?:can|will) heal yours)\b",
    r"\b(?P<some>(?:you|everyone|everybody|anyone)[^,.;]{0,30} should (?:take|try|have|get|consider) (?:some|one|it|them))\b",
    r"\b(?P<from>stay away from (?:them|it))\b",
)
NAMED = re.compile(rf"\b(?:{_MEDICINE})\b", re.I)
# What is told of somebody, or what research found, is no advice.
TOLD = re.compile(
    r"\b(?:stud(?:y|ies)|trials?|reviews?|meta-anal\w+|research|researchers|according to|FDA|evidence"
    r"|took|started (?:on|him|her|me)|(?:he|she|I|they|who) (?:was|were|had been|has been|have been|went) (?:on|given"
    r"|put on|taking)|prescribed)\b",
    re.I,
)

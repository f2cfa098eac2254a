"""Right words of the field, and of our days, that the general dictionary lacks."""

FIELD = frozenset(
    """
    abilify ableism ableist abreaction abuela abuelita acamprosate adderall affectively
    affirming aftercare agoraphobic akathisia alexithymia alexithymic allistic ally allyship
    alogia alprazolam alters amitriptyline amygdala amygdalae analysand analysands anhedonia
    anhedonic anorgasmia antidepressants anxiolytic anxiolytics aphantasia apnea aripiprazole
    aromantic asexual ativan atomoxetine attachments attuned attunement attunements autistics
    autofiction autonomic ayahuasca benzodiazepine benzodiazepines benzos bibliotherapy bingeing
    binging biopsychosocial biphasic biphobia bipolarity bodega bono boundaryless breadcrumbing
    bulimic buprenorphine bupropion burnout buspirone carbamazepine caregiver caregivers
    caregiving caretaker caretakers caretaking catastrophization catastrophize catastrophizing
    cathexis centeredness cisgender cisnormative citalopram clonazepam clonidine clozapine
    codependence codependency codependent cognitions colonoscopy colorism comorbid comorbidities
    comorbidity connectedness containment coparent coparented coparenting copay copays
    coregulate coregulation cortisol cotherapist cotherapy counselee countertransference
    countertransferences countertransferential cringey cyclothymia cyclothymic cymbalta daydream
    decaf decompensate decompensation deductible deductibles defensiveness defusion
    depersonalization derealization dermatillomania desensitization desvenlafaxine diagnosable
    diagnoses dialoguing diazepam disenfranchised disinhibit disinhibited disinhibits
    dismissively disordered dissociate dissociated dissociating dissociation dissociative
    distractibility disulfiram dojo doomscrolls dopamine dorsal doxepin dreamwork duloxetine
    dyad dyadic dyadically dyscalculia dyskinesia dysmorphia dysmorphic dyspareunia dysphoria
    dysphoric dyspraxia dyspraxic dysregulate dysregulated dysregulating dysregulation dysthymia
    dysthymic effexor egoic electroconvulsive emailed emailing embodied embodiment emotionality
    empath empaths endorphins enmeshed enmeshment epigenetic escitalopram esketamine espresso
    eustress exteroception fatphobia fatphobic fawning fibromyalgia flashbacks fluoxetine
    freudian functioning gabapentin gaslight gaslighted gaslighting gaslit genderqueer genogram
    genograms glutamate groundedness haloperidol hermeneutic hermeneutics heteronormative
    hippocampus hmm holistically hotline hotlines hummus hydroxyzine hyperarousal hyperfixate
    hyperfixation hyperfocus hypersomnia hypervigilance hypervigilant hypervigilantly hypnagogic
    hypoarousal hypomania hypomanic ibogaine ideation impactful infantilize infantilized
    infodump infodumping inpatient intake interconnectedness intergenerational internalize
    internalized interoception interoceptive interoceptively interpersonal intersex
    intersubjective intersubjectivity intervision intrapsychic introject introjection introjects
    introspect intubation jetlag journaling journalling judgy ketamine kimchi klonopin kombucha
    lability lamictal lamotrigine latte lattes lethality lexapro limerence limerent liminal
    liminality lisdexamfetamine livestreams logline logotherapy lorazepam lovebombing lurasidone
    maladaptive manualized masc matcha meds melatonin meltdowns mentalization mentalize
    mentalizes mentalizing metabolize metacognitive methylphenidate mhm microaggression
    microaggressions microdose microdosing microinvalidation mindfulness mindreading mirtazapine
    misattuned misattunement misgender misgendered misophonia mmm modafinil monoamine monotropic
    naloxone naltrexone neuroaffirming neuroception neurodivergence neurodivergent neurodiverse
    neurodiversity neurofeedback neuroplasticity neurotransmitter neurotransmitters neurotypical
    nitty nocebo nonbinary noncompliant nonjudgmental nonmonogamous nonmonogamy nonviolent
    norepinephrine nortriptyline okayed okayness olanzapine onboarding oolong orthorexia
    othering otherness outpatient overthink overthinker overthinking overthought oxytocin
    panicky pansexual parapraxis parasomnia parasomnias parasympathetic parentification
    parentified parentify paroxetine passcode passcodes paxil perfectionistic perinatal
    perseverate perseveration phenomenological pho pleaser pleasers podcaster podcasters
    polyamorous polyamory polyvagal postpartum prazosin preconscious prescriber prescribers
    prodromal prodrome projective prolactin propranolol proprioception prozac psilocybin
    psychiatrically psychoactive psychoanalysing psychoanalytic psychobabble psychodrama
    psychodynamic psychodynamics psychoeducate psychoeducating psychoeducation psychoeducational
    psychogenic psychometric psychometrics psychopharmacology psychosexual psychosocial
    psychosomatic psychotherapies psychotropic quetiapine quinoa racialized ramen reenact
    reenacting reenactment reenactments reframe reframed reframes reframing regressed relational
    relationality reschedulings rescript rescripting resourced resourcing retraumatizing rewire
    rewiring risperdal risperidone ritalin rumination ruminations ruminative sandplay sandtray
    schema schemas schizoaffective schizoid schizotypal scrupulosity scrupulous selfhood
    selfobject selfobjects semaglutide seroquel serotonin sertraline sexting sexuality shadowing
    shh shutdown sildenafil situationship sobriety socioemotional somatic somatically
    somatization somatize somatizing spiraling splitting statin statins stigmatize stigmatized
    stigmatizing stim stimming stonewalling strategize strattera stressor stressors subclinical
    suicidality superbill superbills superego supervisee supervisees survivorship sympathetic
    synesthesia tachycardia talkative telehealth telemedicine telemental teletherapist
    teletherapy texted texting therapeutics therapized titrate titrated titrating titration tofu
    tokenized transdiagnostic transference transferential transgender transgenerational
    transitioning transphobic traumatology trazodone trichotillomania unalive unboundaried
    unburdened uncontained unlearn unlearning unlovability unlovable unmask unmasking unmothered
    unprocessed unresourced untherapeutic untreated vagal vaginismus vagus validating
    validations valproate varenicline vasovagal venlafaxine ventral vestibular vicarious
    voicemails vortioxetine vu vulnerabilities vyvanse waitlist waitlisted waitlists warmline
    warmlines wellbeing wellbutrin wellness workaholism xanax zoloft zolpidem

    aeroplane aeroplanes ahold alrighty aluminium analytics app apps attache backend bestie
    bingeable birdy bling blog blogs bot bots bromance bronzer carbs carpe chatbot chatbots
    clickbait codec cofounder coulda crowdfund crowdfunding cyberbullying defund divorcee
    doomscroll doomscrolling ebook ebooks ecommerce email emails emoji emojis entree entrees eta
    etc euthanize euthanized facto faq feely fiance fiancee fiances frontend fulltime funder
    funders fundraise genx googled googling gunna happify hashtag hashtags headspace heh hehe
    hella helmed hmmm hoodie hoodies http https humblebrag ie imposter improv influencer
    influencers intro intros jewellery leggings listicle livestream lordy manoeuvre manoeuvred
    manoeuvres manoeuvring meme memes messups millennials mixup newsfeed notecard notecards
    nother offline olds ole online oughta passe pixelated playlist playlists podcast podcasts
    pre prepping priori psyched reddit repost reposted realtime righty roubles runtime schooler
    schoolers screenshot selfie selfies sensei setlist shoulda shoutout skillset skillsets
    slideshow slideshows smartphone smartphones smartwatch smoothie smoothies specialities
    speciality staycation std stds stoner stoners sucky takeaway takeaways tech techs techy
    thunk tiktok topdown touche tv tvs unfollow unfriend unfriended upskill uptime vape vaping
    vibey vibing vlog vlogs voicemail voicemails voila wakeup walkthrough walkthroughs webcam
    webinar webinars website websites wifey wifi woulda youtuber zine zines zoomed

    anytime babysit naïveté naïvely déjà childcare grandkid grandkids healthcare homeschooled
    moms okay preteen preteens stepdad stepmom stepparent stepparenting stepsibling tween tweens
    """.split()
)

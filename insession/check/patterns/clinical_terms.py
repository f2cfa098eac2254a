"""Right words of the field, and of our days, that the general dictionary lacks."""

FIELD = frozenset(
    """
    abreaction abuela abuelita acamprosate aftercare agoraphobic akathisia alexithymia
    alexithymic allistic alprazolam alters amitriptyline anhedonia anhedonic anorgasmia
    anxiolytic anxiolytics aphantasia apnea aripiprazole aromantic asexual atomoxetine
    attachments attuned attunement attunements autistics autonomic ayahuasca benzodiazepine
    benzodiazepines benzos bingeing binging biopsychosocial bodega bono boundaryless
    breadcrumbing bulimic buprenorphine bupropion burnout buspirone carbamazepine caregiver
    caregivers caregiving caretaker caretakers caretaking catastrophize catastrophizing cathexis
    cisgender citalopram clonazepam clonidine clozapine codependence codependency codependent
    colorism comorbid comorbidities comorbidity containment coparent coparenting copay copays
    coregulate coregulation counselee countertransference countertransferential cringey
    cyclothymia cyclothymic daydream decaf decompensate decompensation deductible deductibles
    defensiveness defusion depersonalization derealization dermatillomania desensitization
    desvenlafaxine diagnosable diagnoses diazepam disinhibited dissociate dissociated
    dissociating dissociation dissociative disulfiram dojo doomscrolls doxepin dreamwork
    duloxetine dyad dyadic dyscalculia dyskinesia dysmorphia dysmorphic dyspareunia dysphoria
    dysphoric dyspraxia dyspraxic dysregulated dysregulating dysregulation dysthymia dysthymic
    emailed emailing enmeshed enmeshment epigenetic escitalopram esketamine espresso eustress
    fibromyalgia fluoxetine freudian functioning gabapentin gaslight gaslighted gaslighting
    gaslit genderqueer genogram genograms haloperidol hermeneutic hermeneutics hmm hotline
    hotlines hummus hydroxyzine hyperarousal hyperfocus hypersomnia hypervigilance hypervigilant
    hypervigilantly hypnagogic hypoarousal hypomania hypomanic ibogaine ideation infodump
    infodumping inpatient intake internalize internalized interoception interoceptive
    interpersonal intersex intersubjective intersubjectivity intrapsychic introject introjection
    introjects jetlag journaling judgy ketamine kimchi kombucha lamotrigine latte lattes liminal
    liminality lisdexamfetamine livestreams logline logotherapy lorazepam lovebombing lurasidone
    maladaptive manualized matcha meds melatonin meltdowns mentalization mentalize mentalizes
    mentalizing metacognitive methylphenidate mhm microaggression microaggressions mindfulness
    mindreading mirtazapine misattuned misattunement misgender misgendered misophonia mmm
    modafinil monoamine naloxone naltrexone neurodivergence neurodivergent neurodiverse
    neurodiversity neurotransmitter neurotransmitters neurotypical nitty nocebo nonbinary
    noncompliant nonjudgmental nonviolent norepinephrine nortriptyline okayed olanzapine
    onboarding oolong orthorexia outpatient overthink overthinker overthinking overthought
    oxytocin panicky pansexual parapraxis parasomnia parasomnias parentification parentified
    parentify paroxetine passcode passcodes perinatal perseverate perseveration phenomenological
    pho pleaser pleasers podcaster podcasters polyamorous polyamory postpartum prazosin
    preconscious prescriber prescribers prodromal prodrome projective propranolol proprioception
    psilocybin psychoactive psychoanalytic psychobabble psychodynamic psychodynamics
    psychoeducation psychoeducational psychogenic psychometric psychometrics psychopharmacology
    psychosexual psychosocial psychosomatic psychotherapies psychotropic quetiapine quinoa
    racialized ramen reenact reenacting reenactment reenactments reframe reframed reframes
    reframing regressed relational relationality reschedulings risperidone rumination
    ruminations ruminative sandplay sandtray schema schemas schizoaffective schizoid schizotypal
    scrupulosity scrupulous selfhood selfobject semaglutide sertraline sexuality shh sildenafil
    situationship socioemotional somatic somatically somatization somatize somatizing stigmatize
    stigmatized stigmatizing stim stimming subclinical suicidality superbill superbills superego
    survivorship synesthesia tachycardia talkative telehealth telemental teletherapy texted
    texting therapeutics therapized titrate titrated titrating titration tofu transdiagnostic
    transference transferential transgender transitioning traumatology trazodone
    trichotillomania unalive unboundaried uncontained unmothered unprocessed unresourced
    untreated vagal vaginismus validating valproate varenicline venlafaxine vestibular
    voicemails vortioxetine vu vulnerabilities waitlist waitlisted waitlists warmline warmlines
    wellbeing wellness workaholism zolpidem

    analytics app apps blog blogs chatbot chatbots cyberbullying doomscroll doomscrolling ebook
    ebooks email emails emoji emojis hashtag livestream newsfeed offline online podcast podcasts
    screenshot selfie selfies smartphone smartphones smartwatch unfollow unfriend unfriended
    voicemail voicemails webcam webinar webinars website websites wifi

    anytime babysit naïveté naïvely déjà childcare grandkid grandkids healthcare homeschooled
    moms okay preteen preteens stepdad stepmom stepparent stepparenting stepsibling tween tweens
    """.split()
)

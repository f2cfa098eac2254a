"""Right words of the field, and of our days, that the general dictionary lacks."""

FIELD = frozenset(
    """
    abreaction aftercare agoraphobic alexithymia alexithymic alters anhedonia anhedonic
    aripiprazole asexual attuned attunement autistics autonomic benzodiazepine benzodiazepines
    biopsychosocial bulimic buprenorphine bupropion burnout caregiver caregivers caregiving
    catastrophize catastrophizing cisgender citalopram clonazepam codependence codependency
    codependent comorbid comorbidities comorbidity containment coparent coparenting copay copays
    coregulate coregulation counselee countertransference countertransferential cyclothymia
    cyclothymic daydream decompensate decompensation deductible deductibles defensiveness
    depersonalization derealization desensitization diagnosable diagnoses disinhibited
    dissociate dissociated dissociating dissociation dissociative duloxetine dyad dyadic
    dysmorphia dysmorphic dysphoria dysphoric dysregulated dysregulation dysthymia dysthymic
    enmeshed enmeshment escitalopram eustress fluoxetine functioning gaslight gaslighted
    gaslighting genderqueer hyperarousal hyperfocus hypervigilance hypervigilant hypoarousal
    hypomania hypomanic ideation inpatient intake internalize internalized interoception
    interoceptive interpersonal intersex intersubjective intersubjectivity intrapsychic
    introject introjection introjects journaling ketamine lamotrigine lisdexamfetamine lorazepam
    maladaptive meltdowns mentalization mentalize mentalizing methylphenidate microaggression
    microaggressions mindfulness mirtazapine misattuned misattunement misgender misgendered
    monoamine naltrexone neurodivergence neurodivergent neurodiverse neurodiversity
    neurotransmitter neurotransmitters neurotypical nonbinary nonjudgmental olanzapine
    outpatient overthink overthinker overthinking overthought panicky parentification
    parentified paroxetine perinatal perseverate perseveration phenomenological polyamorous
    polyamory postpartum preconscious prodromal prodrome projective psilocybin psychoactive
    psychoanalytic psychodynamic psychodynamics psychoeducation psychoeducational psychogenic
    psychometric psychometrics psychopharmacology psychosexual psychosocial psychosomatic
    psychotherapies psychotropic quetiapine reenact reenacting reenactment reenactments reframe
    reframed reframing regressed relational relationality rumination ruminations ruminative
    schema schemas schizoaffective schizoid schizotypal scrupulosity selfhood selfobject
    sertraline sexuality socioemotional somatic somatically somatization somatize stigmatize
    stigmatized stigmatizing subclinical suicidality superbill superbills superego talkative
    telehealth telemental teletherapy therapeutics titrate titrated titration transdiagnostic
    transference transgender transitioning traumatology trichotillomania unboundaried
    uncontained unprocessed untreated validating venlafaxine vulnerabilities wellbeing wellness

    analytics app apps blog blogs chatbot chatbots cyberbullying doomscroll doomscrolling ebook
    ebooks email emails emoji emojis hashtag livestream newsfeed offline online podcast podcasts
    screenshot selfie selfies smartphone smartphones smartwatch unfollow unfriend unfriended
    voicemail voicemails webcam webinar webinars website websites wifi

    anytime babysit childcare grandkid grandkids healthcare homeschooled moms okay preteen
    preteens stepdad stepmom stepparent stepparenting stepsibling tween tweens
    """.split()
)

package carekey

import java.time.Duration
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

/** What the library answers to a call of the rulebook; nothing for one that it does not carry. */
internal fun answer(call: String, given: JsonObject): JsonElement? = when (call) {
    "finding.message" -> findingMessage(given)
    "name.parse" -> checkPersonName(given.text("text")).let { check ->
        val value = check.value?.let { name -> json("name" to json(name), "display" to name.display(), "key" to name.key()) }
        json("value" to value, "findings" to check.findings)
    }
    "username.email" -> checkEmail(given.text("text")).let { check ->
        val value = check.value?.let { json("typed" to it.typed, "canonical" to it.canonical) }
        json("value" to value, "findings" to check.findings)
    }
    "username.phone" -> checkPhone(given.text("text"), given.text("country")).let { check ->
        val value = check.value?.let { json("typed" to it.typed, "e164" to it.e164) }
        json("value" to value, "findings" to check.findings)
    }
    "username.contact" -> checkContact(given.text("text"), given.text("country")).let { check ->
        val value = check.value?.let {
            json("method" to it.method.word(), "display" to it.display, "canonical" to it.canonical)
        }
        json("value" to value, "findings" to check.findings)
    }
    "username.canonical" -> json(canonicalUsername(given.text("text"), given.text("country")))
    "username.clash" -> when (val clash = findClash(given.text("name"), given.texts("taken"), given.texts("retired"))) {
        null -> json("clash" to null)
        is Clash.Taken -> json("clash" to "taken")
        is Clash.Retired -> json("clash" to "retired")
        is Clash.Confusable -> json("clash" to "confusable", "other" to clash.other)
    }
    "username.staff" ->
        staffName(given.text("pattern"), given.text("prefix"), person(given["name"]), given.int("max_length").toUInt())
            .let { json("value" to it.value, "findings" to it.findings) }
    "username.check" -> checkUsernames(given)

    "password.check" -> policy(given, "password").checkPassword(given.text("password"), owner(given), given.flag("second_factor")).let { list ->
        json(
            "passes" to list.passes,
            "rules" to list.rules.map { json("code" to it.code, "met" to it.met) },
            "findings" to list.findings,
        )
    }
    "password.change" -> json(
        policy(given, "password").checkNewPassword(
            given.text("new"), given.text("confirm"), owner(given),
            given.flagOrNull("current_matches"), given.flag("same_as_current"), given.flag("reused"),
        ),
    )
    "questions.check" -> {
        val answers = given.objects("answers").map { SecurityAnswer(it.text("question"), it.text("answer")) }
        json(policy(given, "questions").checkAnswers(given.textOrNull("username") ?: "", answers))
    }
    "questions.normalise" -> json(normaliseAnswer(given.text("text")))
    "questions.list" -> json(
        "version" to securityQuestionsVersion(),
        "questions" to securityQuestions(given.word("locale", Language::word)).map { json("id" to it.id, "text" to it.text) },
    )

    "policy.findings" -> json(checkPolicy(given.opt("policy")?.toString() ?: wholePolicy(given).json()))
    "policy.check" -> json(wholePolicy(given).departures())
    "policy.explain" -> given.word("locale", Language::word).let { language ->
        json(wholePolicy(given).departures().map { it.message(language) })
    }
    "policy.read" -> readPolicy(given)
    "policy.scheme" -> wholePolicy(given).let { policy ->
        val role = given.word("role", Role::word)
        val enrolment = policy.enrolmentScheme(role)
        json(
            "username" to policy.usernameScheme(role).word(),
            "enrolment" to enrolment.word(),
            "first_stage" to firstStage(enrolment).word(),
        )
    }
    "account.after_password" ->
        json(policy(given, "questions", "questions").stageAfterPassword(given.word("stage", Stage::word), given.flag("questions_set")).word())
    "account.after_questions" -> json(stageAfterQuestions(given.word("stage", Stage::word)).word())
    "account.state" -> json(accountState(given.word("stage", Stage::word), given.flag("disabled")).word())
    "account.throttle" -> throttle(given)
    "account.session" -> session(given)

    "invitation.code" -> refusing { InvitationCode(given.text("text")) }.let { (code, findings) ->
        json("code" to code?.canonical(), "shown" to code?.grouped(), "findings" to findings)
    }
    "invitation.link" -> refusing { LinkToken(given.text("text")) }.let { (token, findings) ->
        json("token" to token?.canonical(), "findings" to findings)
    }
    "invitation.standing" -> invitation(given).let { invitation ->
        val now = given.moment("now")
        json(
            "standing" to invitation.standing(now).word(),
            "expires_at" to invitation.expiresAt,
            "left_ms" to invitation.timeLeft(now).toMillis(),
        )
    }
    "invitation.redeem" -> try {
        json("redeemed_at" to invitation(given).redeemed(given.moment("now")).redeemedAt)
    } catch (refused: CarekeyException.Refused) {
        json("error" to json("kind" to "refused", "code" to refused.code))
    }
    "invitation.action" -> json(
        "findings" to listOfNotNull(checkOfficeAction(given.word("action", OfficeAction::word), given.flag("linked"), given.flag("sent"))),
        "next" to nextOfficeAction(given.flag("linked"), given.flag("sent")).word(),
    )
    "invitation.column" -> when (val column = onlineAccount(given.textOrNull("linked_contact"), given.flag("sent"))) {
        is OnlineAccount.Linked -> json("linked" to column.contact)
        is OnlineAccount.Action -> json("action" to column.action.word())
    }
    "invitation.method" -> chooseMethod(
        given.wordOrNull("preferred", ContactMethod::word), given.wordOrNull("asked", ContactMethod::word),
        given.textOrNull("email"), given.textOrNull("phone"),
    ).let { json("method" to it.method?.word(), "contact" to it.contact, "findings" to it.findings) }

    "relationship.role" -> json(listOfNotNull(checkRole(given.word("role", Role::word), given.word("kind", PartyKind::word))))
    "relationship.conveys" -> json(roleConveyedBy(given.word("kind", TieKind::word))?.word())
    "relationship.period" -> period(given.obj("period")).let { period ->
        val other = given.opt("other") as JsonObject?
        jsonOf(
            "valid" to period.valid(),
            "in_force" to given.textOrNull("at")?.let { period.inForce(instant(it)) },
            "overlaps" to other?.let { period.overlaps(period(it)) },
        )
    }
    "relationship.check" -> json(
        checkTie(
            given.word("kind", TieKind::word), party(given.obj("who")), party(given.obj("of")),
            period(given.obj("period")), given.objects("existing").map(::tie),
        ),
    )

    "visibility.policy" -> json(policy(given, "visibility").visibilityFindings())
    "visibility.decide" -> json(decide(given))
    "visibility.explain" -> given.word("locale", Language::word).let { language -> json(decide(given).because.map { it.message(language) }) }
    "visibility.what" -> json(
        policy(given, "visibility").whatCanSee(viewer(given.obj("viewer")), given.list("others").map(::of), given.moment("at"))
            .map { json("resource" to it.resource.word(), "of" to json(it.of), "scope" to it.decision.scope?.word()) },
    )
    "visibility.who" -> {
        val viewers = given.list("viewers").map { it as JsonArray }
        val seers = policy(given, "visibility").whoCanSee(
            given.word("resource", Resource::word), of(given.getValue("of")),
            viewers.map { viewer(it[1] as JsonObject) }, given.moment("at"),
        )
        json(seers.map { json("id" to viewers[it.index.toInt()][0], "scope" to it.decision.scope?.word()) })
    }
    "snapshot.open" -> opened(given) { json("issued_at" to it.issuedAt(), "lapses_at" to it.lapsesAt()) }
    "snapshot.decide" -> opened(given) {
        json(it.canSee(given.word("resource", Resource::word), whose(given.getValue("of")), given.moment("at")))
    }
    "grant.check" -> json(checkGrant(party(given.obj("to")), given.word("resource", Resource::word), period(given.obj("period"))))
    else -> officeAnswer(call, given)
}

/** The policy of a case: a preset, or settings of one group, or the default. */
private fun policy(given: JsonObject, group: String, name: String = "policy"): Policy = when (val policy = given.opt(name)) {
    is JsonObject -> Policy(JsonObject(mapOf(group to policy)).toString())
    is JsonPrimitive -> preset(policy.content)
    else -> Policy.agency()
}

internal fun preset(name: String): Policy = when (name) {
    "agency" -> Policy.agency()
    "evv_state" -> Policy.evvState()
    "nist_800_63b_4" -> Policy.nist()
    else -> error("no preset $name")
}

private fun wholePolicy(given: JsonObject): Policy =
    given.textOrNull("preset")?.let(::preset) ?: given.opt("policy")?.let { Policy(it.toString()) } ?: Policy.agency()

private fun readPolicy(given: JsonObject): JsonElement {
    val (policy, findings) = refusing { given.textOrNull("json")?.let { Policy(it) } ?: wholePolicy(given) }
    val whole = policy?.let { Json.parseToJsonElement(it.json()) } ?: return json("findings" to findings)
    if (given.opt("show") == null) return json("policy" to whole)
    val shown = given.texts("show").associateWith { setting ->
        setting.split('.').fold(whole) { group, name -> (group as JsonObject)[name] ?: JsonNull }
    }
    return json("policy" to JsonObject(shown))
}

/** The value, or the findings of the refusal. */
private fun <T : Any> refusing(make: () -> T): Pair<T?, List<Finding>> =
    try {
        make() to emptyList()
    } catch (refusal: CarekeyException.Invalid) {
        null to refusal.findings
    }

private fun findingMessage(given: JsonObject): JsonElement {
    val code = given.text("code")
    val severity = severityOfCode(code) ?: return json("unknown" to true)
    val params = (given.opt("params") as JsonObject?).orEmpty().mapValues { (_, value) -> param(value) }
    val finding = Finding(code, "field", severity, params)
    val texts = Language.entries.map { it.word() to finding.message(it) }
    return json("severity" to severity.word(), *texts.toTypedArray())
}

internal fun json(name: PersonName) =
    jsonOf("first" to name.first, "middle" to name.middle, "last" to name.last, "nickname" to name.nickname)

internal fun person(name: JsonElement?): PersonName = when (name) {
    null, JsonNull -> PersonName()
    is JsonObject -> PersonName(name.textOrNull("first"), name.textOrNull("middle"), name.textOrNull("last"), name.textOrNull("nickname"))
    else -> checkPersonName((name as JsonPrimitive).content).value!!
}

private fun owner(given: JsonObject): Person = (given.opt("person") as JsonObject?)?.let {
    Person(it.texts("names"), it.textOrNull("username"), it.textOrNull("email"), it.textOrNull("agency"))
} ?: Person()

private fun checkUsernames(given: JsonObject): JsonElement {
    val (names, findings) = refusing {
        Usernames(
            policy(given, "username"), given.text("prefix"), given.text("country"), given.texts("taken"), given.texts("retired"),
        )
    }
    if (names == null) return json("error" to findings)
    val rows = given.objects("rows")
    val requests = rows.map {
        UsernameRequest(
            it.long("line").toULong(), it.word("scheme", UsernameScheme::word), person(it["name"]),
            it.textOrNull("username"), it.textOrNull("email"), it.textOrNull("phone"), it.textOrNull("own"), it.texts("earlier"),
        )
    }
    val first = names.checkAll(requests)
    val verdicts = rows.indices.map { at -> rows[at].textOrNull("accept")?.let { names.accept(requests[at], it) } ?: first[at] }
    return json(
        "verdicts" to verdicts.map {
            jsonOf(
                "pass" to it.pass, "username" to it.username, "canonical" to it.canonical, "email" to it.email?.canonical,
                "phone" to it.phone?.e164, "findings" to it.findings, "suggestions" to it.suggestions,
            )
        },
    )
}

private fun throttle(given: JsonObject): JsonElement {
    val throttle = policy(given, "throttle").throttle()
    val admissions = mutableListOf<JsonElement>()
    for (step in given.objects("script")) {
        val now = step.moment("at")
        val doing = step.text("do")
        repeat(if (step.opt("times") == null) 1 else step.int("times")) {
            if (doing in listOf("admit", "try_right", "try_wrong")) {
                val admission = throttle.admit(now)
                admissions += when (admission) {
                    is Admission.Evaluate -> json("evaluate")
                    is Admission.Locked -> json("locked_until" to admission.until)
                    is Admission.Closed -> json("closed")
                    is Admission.Busy -> json("busy")
                }
                if (admission !is Admission.Evaluate) return@repeat
            }
            when (doing) {
                "admit" -> Unit
                "right", "try_right" -> throttle.succeeded()
                "wrong", "try_wrong" -> throttle.failed(now)
                "withdraw" -> throttle.withdrawn()
                "count" -> throttle.count(now)
                else -> error("no such step: $doing")
            }
        }
    }
    val state = throttle.state()
    return json(
        "admissions" to admissions,
        "throttle" to json(
            "failures" to state.failures, "open" to state.open,
            "open_until" to state.openUntil, "locked_until" to state.lockedUntil,
        ),
    )
}

private fun session(given: JsonObject): JsonElement {
    val begun = given.moment("begun_at")
    var life = when (given.opt("step_minutes")) {
        null -> policy(given, "session").session(given.flag("remember"), begun, given.long("epoch"))
        else -> stepLife(Duration.ofMinutes(given.long("step_minutes")), begun, given.long("epoch"))
    }
    for (used in given.texts("uses").map(::instant)) {
        if (life.isLive(given.long("epoch"), used)) life = life.copy(usedAt = used)
    }
    life = life.copy(ended = given.flag("ended"))
    return json("expires_at" to life.expiresAt, "live" to life.isLive(given.long("account_epoch"), given.moment("now")))
}

private fun invitation(given: JsonObject): Invitation {
    var invitation = policy(given, "invitation").issueInvitation("sue@example.com", ContactMethod.EMAIL, given.moment("issued_at"))
    given.textOrNull("redeemed_at")?.let { invitation = invitation.redeemed(instant(it)) }
    given.textOrNull("superseded_at")?.let { invitation = invitation.superseded(instant(it)) }
    return invitation
}

private fun period(given: JsonObject) = Period(given.moment("begins_at"), given.textOrNull("ends_at")?.let(::instant))

private fun party(given: JsonObject) =
    PartyFacts(given.id("id"), given.word("kind", PartyKind::word), given.texts("roles").map { wordOf(it, Role::word) }.toSet())

private fun tie(given: JsonObject) = Tie(given.word("kind", TieKind::word), given.id("who"), given.id("of"), period(given))

private fun grant(given: JsonObject) =
    Grant(given.id("to"), given.word("resource", Resource::word), given.opt("of")?.let { given.id("of") }, period(given))

private fun viewer(given: JsonObject) = Viewer(
    given.flag("active"), given.objects("parties").map(::party), given.objects("ties").map(::tie),
    given.objects("grants").map(::grant), given.texts("applications").map(java.util.UUID::fromString),
)

private fun of(given: JsonElement): Of = when (given) {
    is JsonObject -> (given.opt("party") as JsonObject?)?.let { Of.Party(it.id("id"), it.flag("client")) } ?: Of.Application(given.id("application"))
    else -> Of.Own
}

private fun json(of: Of): JsonElement = when (of) {
    is Of.Own -> json("own")
    is Of.Party -> json("party" to json("id" to of.id, "client" to of.client))
    is Of.Application -> json("application" to of.id)
}

private fun whose(given: JsonElement): Whose = when (given) {
    is JsonObject -> given.opt("party")?.let { Whose.Party(given.id("party")) } ?: Whose.Application(given.id("application"))
    else -> Whose.Own
}

/** The snapshot of a case, as it was opened; or as it was refused. */
private fun opened(given: JsonObject, answer: (Snapshot) -> JsonElement): JsonElement = try {
    answer(Snapshot(given.text("snapshot"), given.text("key"), given.text("agency"), given.id("viewer"), given.moment("now")))
} catch (error: CarekeyException) {
    jsonOf("error" to error.code, "params" to JsonObject(error.params.mapValues { (_, param) -> json(param) }))
}

private fun decide(given: JsonObject): Decision {
    val (viewer, at) = viewer(given.obj("viewer")) to given.moment("at")
    val (resource, of) = given.word("resource", Resource::word) to of(given.getValue("of"))
    val policy = policy(given, "visibility")
    val decision = policy.decide(viewer, resource, of, at)
    check(policy.sees(viewer, resource, of, at) == decision.scope) { "the short way disagrees" }
    return decision
}

private fun json(decision: Decision): JsonElement = jsonOf(
    "allowed" to decision.allowed,
    "because" to decision.because.map { jsonOf("code" to it.code, "role" to it.role?.word(), "tie" to it.tie?.kind?.word()) },
    "scope" to decision.scope?.word(),
)

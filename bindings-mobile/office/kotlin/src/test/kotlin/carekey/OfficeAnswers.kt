package carekey

import java.io.File
import java.util.Base64
import java.util.UUID
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.boolean

/** Whether this is the library of an office's app. */
internal const val IS_OFFICE = true

/** What the library answers to a call of the office; nothing for one that it does not carry. */
internal fun officeAnswer(call: String, given: JsonObject): JsonElement? = when (call) {
    "roster.read" -> orError { json(roster(given)) }
    "roster.check" -> orError { json(preview(given)) }
    "roster.summary" -> orError {
        val preview = preview(given)
        json(
            "summary" to json(preview.summary()),
            "groups" to preview.byRole().map {
                json("role" to it.role?.word(), "summary" to json(it.summary), "lines" to it.lines)
            },
        )
    }
    "roster.write" -> orError {
        json("csv" to preview(given).failedCsv(given.wordOrNull("locale", Language::word) ?: Language.ENGLISH).decodeToString())
    }

    "history.chain" -> written(given).let { (_, lines, head) ->
        json("macs" to lines.map { hex(it.mac) }, "head" to json("length" to head.length(), "mac" to hex(head.mac())))
    }
    "history.verify" -> verified(given)
    "history.csv" -> json("text" to historyCsv(written(given).lines))
    "history.json_lines" ->
        json(historyJsonLines(written(given).lines).lines().filter { it.isNotEmpty() }.map { Json.parseToJsonElement(it) })

    "message.check_template" ->
        json(checkTemplate(given.word("kind", MessageKind::word), given.word("method", ContactMethod::word), text(given.obj("text"))))
    "message.render" -> {
        val text = (given.opt("text") as JsonObject?)?.let(::text)
            ?: shippedText(given.word("kind", MessageKind::word), given.word("method", ContactMethod::word), given.word("locale", Language::word))
        val secrets = given.obj("secrets").mapValues { (_, secret) -> (secret as JsonPrimitive).content }
        renderMessage(text, params(given.obj("params")), secrets).let { json("subject" to it.subject, "body" to it.body) }
    }
    "message.link" -> {
        val page = pageOfMessage(given.word("kind", MessageKind::word))
        json("address" to pageAddress(page, given.text("base"), given.textOrNull("token")?.let { LinkToken(it) }))
    }
    "message.link_base" -> checkLinkBase(given.text("text")).let { json("base" to it.value, "findings" to it.findings) }
    "message.retry" -> {
        val policy = draft("outbox" to given.obj("policy"))
        json("retry_at" to policy.retryAt(given.int("tries").toUInt(), given.moment("now")))
    }

    "password.stored" -> checkHash(given.text("stored")).let { json("kind" to it.value?.word(), "findings" to it.findings) }
    "password.hash" -> orFindings {
        val hasher = hasher(given)
        val stored = hasher.hash(given.text("password"))
        val verified = hasher.verify(stored, given.text("password"))
        json("head" to stored.split('$').take(4).joinToString("$"), "matches" to verified.matches, "renew" to verified.renew)
    }
    "password.verify" -> orFindings {
        hasher(given).verify(given.text("stored"), given.text("password")).let { json("matches" to it.matches, "renew" to it.renew) }
    }
    "password.temporary" -> temporary(given)
    else -> null
}

private fun orError(answer: () -> JsonElement): JsonElement = try {
    answer()
} catch (error: CarekeyException) {
    jsonOf("error" to error.code, "params" to json(error.params), "findings" to error.findings)
}

private fun orFindings(answer: () -> JsonElement): JsonElement = try {
    answer()
} catch (error: CarekeyException) {
    json("findings" to error.findings)
}

private fun draft(vararg groups: Pair<String, JsonElement>): Policy = Policy.draft(JsonObject(mapOf(*groups)).toString())

// Rosters.

private fun roster(given: JsonObject): Roster = when {
    "rows" in given -> Roster.fromRows(given.objects("rows").map(::row))
    "table" in given -> given.obj("table").let { table ->
        Roster.fromTable(table.texts("titles"), table.list("rows").map { row -> (row as JsonArray).map { (it as JsonPrimitive).content } })
    }
    "csv" in given -> Roster(given.text("csv").encodeToByteArray())
    "base64" in given -> Roster(Base64.getDecoder().decode(given.text("base64")))
    else -> Roster(File(System.getProperty("carekey.project"), "tests/rosters/${given.text("file")}").readBytes())
}

private fun row(given: JsonObject) = RosterRow(
    given.long("line").toULong(), given.wordOrNull("role", Role::word), person(given["name"]), given.textOrNull("organization"),
    given.textOrNull("username"), given.textOrNull("email"), given.textOrNull("phone"),
    given.wordOrNull("preferred", ContactMethod::word), given.wordOrNull("locale", Language::word),
    given.textOrNull("external_id"), given.textOrNull("password_hash"), given.textOrNull("note"),
    (given.opt("already_created") as JsonPrimitive?)?.boolean,
)

private fun json(roster: Roster): JsonObject {
    val rows = roster.rows().map {
        jsonOf(
            "line" to it.line, "role" to it.role?.word(), "name" to json(it.name), "organization" to it.organization,
            "username" to it.username, "email" to it.email, "phone" to it.phone, "preferred" to it.preferred?.word(),
            "locale" to it.language?.word(), "external_id" to it.externalId, "password_hash" to it.passwordHash,
            "note" to it.note, "already_created" to it.alreadyCreated, "findings" to it.findings,
        )
    }
    return JsonObject(json("rows" to rows) + jsonOf("findings" to roster.findings()))
}

/** By default: prefix 104, country US, nobody known, nothing taken, nothing decided. */
private fun preview(given: JsonObject): Preview {
    val country = given.textOrNull("country") ?: "US"
    val policy = Policy.draft((given.opt("policy") ?: JsonObject(emptyMap())).toString())
    val known = given.objects("known").map { knownParty(it, country) }
    val taken = given.texts("taken").map { canonicalUsername(it, country) } + known.mapNotNull { it.usernameCanonical }
    val retired = given.texts("retired").map { canonicalUsername(it, country) }
    val decisions = given.objects("decisions").map { WhoDecision(it.text("said"), who(it["who"])) }
    val preview = roster(given).preview(known, taken, given.textOrNull("prefix") ?: "104", country, policy, retired, decisions)
    for (step in given.list("then")) {
        when {
            step !is JsonObject -> preview.acceptSuggestions()
            "decide" in step -> preview.decide(step.long("decide").toULong(), who(step["who"]))
            "username" in step -> preview.accept(step.long("line").toULong(), step.text("username"))
            else -> preview.decline(step.long("decline").toULong())
        }
    }
    return preview
}

/** Who a row is about, as cases write it: the party is a small number. */
private fun who(given: JsonElement?): Who = when (given) {
    is JsonObject -> Who.Same(UUID(0, given.long("same")))
    JsonPrimitive("another") -> Who.Another
    else -> error("no decision: $given")
}

private fun json(who: Who): JsonElement = when (who) {
    is Who.Same -> json("same" to who.party.leastSignificantBits)
    is Who.Another -> json("another")
}

/**
 * Someone the agency knows, as cases write them: `party` is a small number,
 * `account` says whether they have one, `active` whether its user has come,
 * `joined` whether it was made for another, `invited` whether they were
 * invited, and `organization` is the name of one.
 */
private fun knownParty(given: JsonObject, country: String): KnownParty {
    val name = given.textOrNull("organization")?.let { PersonName(last = it) } ?: person(given["name"])
    val party = UUID(0, given.long("party"))
    return KnownParty(
        party, party.takeIf { given.flag("account") }, given.flag("active"), given.flag("joined"), false, false, given.flag("invited"),
        given.textOrNull("external_id"),
        name.key(), name.display(), name.nickname, given.texts("roles").map { wordOf(it, Role::word) }.toSet(),
        given.textOrNull("username")?.let { canonicalUsername(it, country) },
        given.texts("own_names").map { canonicalUsername(it, country) },
        given.textOrNull("email")?.let { checkEmail(it).value!!.canonical },
        given.textOrNull("phone")?.let { checkPhone(it, country).value!!.e164 },
        given.textOrNull("account_email")?.let { checkEmail(it).value!!.canonical },
        given.textOrNull("account_phone")?.let { checkPhone(it, country).value!!.e164 },
        given.wordOrNull("preferred", ContactMethod::word), given.wordOrNull("locale", Language::word), given.textOrNull("note"),
    )
}

private fun json(preview: Preview): JsonObject {
    val rows = preview.rows().map { check ->
        jsonOf(
            "line" to check.row.line, "state" to check.state.word(), "action" to check.action.word(),
            "party" to check.party?.leastSignificantBits, "maybe" to check.maybe.map { it.leastSignificantBits }, "same_as" to check.sameAs, "username" to check.username,
            "canonical" to check.canonical.takeUnless { it == check.username }, "findings" to check.findings,
            "suggestions" to check.suggestions, "changes" to check.changes.map { listOf(it.field, it.before, it.after) },
        )
    }
    val decisions = preview.decisions().map { json("said" to it.said, "who" to json(it.who)) }
    return JsonObject(
        json("rows" to rows) + jsonOf("gone" to preview.gone().map { it.leastSignificantBits }, "decisions" to decisions),
    )
}

private fun json(summary: RosterSummary): JsonObject = json(
    "rows" to summary.rows, "create" to summary.create, "update" to summary.update,
    "unchanged" to summary.unchanged, "waiting" to summary.waiting, "failed" to summary.failed,
)

// Histories.

/** A history as it was written, or as someone left it. */
private data class Written(val key: ByteArray, val lines: List<HistoryLine>, val head: HistoryHead)

private val nil = UUID(0, 0)

/** The lines of a case, chained; what they leave out is nil, empty or none. */
private fun written(given: JsonObject): Written {
    val (key, head) = bytes(given.text("key")) to HistoryHead()
    val blank = HistoryLine(
        subject = nil, at = instant("2026-11-22T09:00:00Z"), kind = EventKind.NOTE_CHANGED, actor = ActorKind.MANAGER, actorName = "",
    )
    return Written(key, given.objects("lines").map { head.append(key, line(it, blank)) }, head)
}

/** That line with these fields. */
private fun line(given: JsonObject, before: HistoryLine): HistoryLine = given.keys.fold(before) { line, name ->
    when (name) {
        "subject" -> line.copy(subject = given.id(name))
        "sequence" -> line.copy(sequence = given.long(name))
        "at" -> line.copy(at = given.moment(name))
        "kind" -> line.copy(kind = given.word(name, EventKind::word))
        "actor" -> line.copy(actor = given.word(name, ActorKind::word))
        "actor_account" -> line.copy(actorAccount = given.opt(name)?.let { given.id(name) })
        "actor_name" -> line.copy(actorName = given.text(name))
        "details" -> line.copy(details = params(given.obj(name)))
        "source" -> line.copy(source = given.textOrNull(name))
        else -> error("no such field: $name")
    }
}

private fun params(given: JsonObject): Map<String, Param> = given.mapValues { (_, value) -> param(value) }

private fun json(params: Map<String, Param>) = JsonObject(params.mapValues { (_, param) -> json(param) })

/** What is found after a stranger had the store, but not the key. */
private fun verified(given: JsonObject): JsonElement {
    val history = written(given)
    val subject = given.opt("of")?.let { given.id("of") } ?: history.lines.firstOrNull()?.subject ?: nil
    val (key, lines, head) = given.objects("then").fold(history) { left, change -> tampered(left, change) }
    return try {
        verifyHistory(given.textOrNull("other_key")?.let(::bytes) ?: key, subject, lines, head)
        json("whole" to true)
    } catch (error: CarekeyException) {
        json("error" to error.code, "params" to json(error.params))
    }
}

/** Lines count from 1. */
private fun tampered(history: Written, change: JsonObject): Written {
    val (lines, head) = history.lines.toMutableList() to history.head
    val at = change.long("line").toInt() - 1
    var newHead = head
    when (val what = change.text("do")) {
        "edit" -> lines[at] = line(change.obj("set"), lines[at])
        "edit_mac" -> lines[at] = lines[at].copy(mac = flipped(lines[at].mac, 0, 1))
        "empty_mac" -> lines[at] = lines[at].copy(mac = ByteArray(0))
        "remove" -> lines.removeAt(at)
        "repeat" -> lines.add(at, lines[at])
        "swap" -> java.util.Collections.swap(lines, at, change.int("with") - 1)
        "cut" -> repeat(change.int("lines")) { lines.removeAt(lines.lastIndex) }
        "renumber" -> lines.indices.forEach { lines[it] = lines[it].copy(sequence = it + 1L) }
        "head_length" -> newHead = HistoryHead(change.long("to"), head.mac())
        "head_mac" -> newHead = HistoryHead(head.length(), flipped(head.mac(), 31, 0x80))
        "head_of_last_line" -> newHead = HistoryHead(head.length(), lines.last().mac)
        "empty_head" -> newHead = HistoryHead()
        else -> error("no such change: $what")
    }
    return Written(history.key, lines, newHead)
}

private fun flipped(bytes: ByteArray, at: Int, bits: Int): ByteArray =
    bytes.copyOf().also { it[at] = (it[at].toInt() xor bits).toByte() }

private fun hex(bytes: ByteArray): String = bytes.joinToString("") { "%02x".format(it) }

private fun bytes(hex: String): ByteArray = hex.chunked(2).map { it.toInt(16).toByte() }.toByteArray()

// Messages and passwords.

private fun text(given: JsonObject) = MessageText(given.text("body"), given.textOrNull("subject"))

private fun hasher(given: JsonObject): Hasher {
    val policy = given.opt("cost")?.let { draft("password" to json("cost" to it)) } ?: Policy.agency()
    return Hasher(policy, given.opt("pepper")?.let { ByteArray(32) { given.int("pepper").toByte() } })
}

private fun temporary(given: JsonObject): JsonElement {
    val base = when (val policy = given["policy"]) {
        is JsonPrimitive -> preset(policy.content)
        else -> draft("password" to policy as JsonObject)
    }
    val length = JsonObject(mapOf("length" to (given["length"] ?: JsonPrimitive(12))))
    val policy = Policy.draft(JsonObject(Json.parseToJsonElement(base.json()) as JsonObject + ("temporary_password" to length)).toString())
    val password = policy.temporaryPassword()
    return json(
        "length" to password.codePointCount(0, password.length), "passes" to policy.checkPassword(password).passes,
        "look_alikes" to password.count { it in "0OoQD1IliLjJ!|2Zz5Ss\$6Gb8B&gqUuVv" },
    )
}

import CareKey
import Foundation

/// Whether this is the library of an office's app.
let isOffice = true

/// What the library answers to a call of the office; nothing for one that it
/// does not carry.
func officeAnswer(_ call: String, _ given: JSON) throws -> JSON? {
    switch call {
    case "roster.read": return try orError { try rosterJSON(roster(given)) }
    case "roster.check": return try orError { try previewJSON(preview(given)) }
    case "roster.summary":
        return try orError {
            let preview = try preview(given)
            let groups = preview.byRole().map { group in
                JSON.object([
                    "role": JSON(group.role), "summary": json(group.summary), "lines": JSON(group.lines.map(JSON.init)),
                ])
            }
            return .object(["summary": json(preview.summary()), "groups": JSON(groups)])
        }
    case "roster.write":
        return try orError {
            let language: Language = given["locale"] == nil ? .english : try given.word("locale")
            let file = try preview(given).failedCsv(language: language)
            return .object(["csv": .text(String(decoding: file, as: UTF8.self))])
        }

    case "history.chain":
        let written = try written(given)
        return .object([
            "macs": JSON(written.lines.map { hex($0.mac) }),
            "head": .object(["length": JSON(written.head.length()), "mac": JSON(hex(written.head.mac()))]),
        ])
    case "history.verify": return try verified(given)
    case "history.csv": return try .object(["text": JSON(historyCsv(lines: written(given).lines))])
    case "history.json_lines":
        let text = try historyJsonLines(lines: written(given).lines)
        return try JSON(text.split(separator: "\n").map { try JSON.parse(Data($0.utf8)) })

    case "message.check_template":
        return try JSON(
            checkTemplate(kind: given.word("kind"), method: given.word("method"), text: text(given.object("text"))))
    case "message.render":
        let text = try given["text"].map(text)
            ?? shippedText(kind: given.word("kind"), method: given.word("method"), language: given.word("locale"))
        let message = try renderMessage(
            text: text, params: params(given["params"]),
            secrets: (given.object("secrets").fields ?? [:]).compactMapValues(\.text))
        return .object(["subject": JSON(message.subject), "body": JSON(message.body)])
    case "message.link":
        let token = try given["token"]?.text.map(LinkToken.init(link:))
        let page = try pageOfMessage(kind: given.word("kind"))
        return try .object(["address": JSON(pageAddress(page: page, base: given.text("base"), token: token))])
    case "message.link_base":
        let check = try checkLinkBase(text: given.text("text"))
        return .object(["base": JSON(check.value), "findings": JSON(check.findings)])
    case "message.retry":
        let policy = try draft(["outbox": given["policy"] ?? .object([:])])
        return try .object(["retry_at": JSON(policy.retryAt(tries: UInt32(given.number("tries")), now: given.moment("now")))])

    case "password.stored":
        let check = try checkHash(stored: given.text("stored"))
        return .object(["kind": JSON(check.value), "findings": JSON(check.findings)])
    case "password.hash":
        return try orFindings {
            let (hasher, password) = try (hasher(given), given.text("password"))
            let stored = try hasher.hash(password: password)
            let verified = try hasher.verify(stored: stored, password: password)
            let head = stored.split(separator: "$", omittingEmptySubsequences: false).prefix(4).joined(separator: "$")
            return .object(["head": JSON(head), "matches": JSON(verified.matches), "renew": JSON(verified.renew)])
        }
    case "password.verify":
        return try orFindings {
            let verified = try hasher(given).verify(stored: given.text("stored"), password: given.text("password"))
            return .object(["matches": JSON(verified.matches), "renew": JSON(verified.renew)])
        }
    case "password.temporary": return try temporary(given)
    default: return nil
    }
}

private func orError(_ answer: () throws -> JSON) throws -> JSON {
    do {
        return try answer()
    } catch let error as CarekeyError {
        return .with(["error": JSON(error.code), "params": JSON(error.params), "findings": JSON(error.findings)])
    }
}

private func orFindings(_ answer: () throws -> JSON) throws -> JSON {
    do {
        return try answer()
    } catch let error as CarekeyError {
        return .object(["findings": JSON(error.findings)])
    }
}

private func draft(_ settings: [String: JSON]) throws -> Policy { try Policy.draft(json: JSON.object(settings).description) }

// Rosters.

private func roster(_ given: JSON) throws -> Roster {
    if let rows = given["rows"]?.list { return try Roster.fromRows(rows: rows.map(row)) }
    if let table = given["table"] {
        let rows = table.list("rows").map { ($0.list ?? []).compactMap(\.text) }
        return try Roster.fromTable(titles: table.texts("titles"), rows: rows)
    }
    if let text = given["csv"]?.text { return try Roster(csv: Data(text.utf8)) }
    if let text = given["base64"]?.text { return try Roster(csv: Data(base64Encoded: text) ?? Data()) }
    return try Roster(csv: Data(contentsOf: project.appendingPathComponent("tests/rosters/\(given.text("file"))")))
}

private func row(_ given: JSON) throws -> RosterRow {
    RosterRow(
        line: UInt64(given.number("line")), role: given["role"]?.text.flatMap(Role.init(word:)),
        name: try person(given["name"]), organization: given["organization"]?.text, username: given["username"]?.text,
        email: given["email"]?.text, phone: given["phone"]?.text,
        preferred: given["preferred"]?.text.flatMap(ContactMethod.init(word:)),
        language: given["locale"]?.text.flatMap(Language.init(word:)), externalId: given["external_id"]?.text,
        passwordHash: given["password_hash"]?.text, note: given["note"]?.text,
        alreadyCreated: given["already_created"]?.bool)
}

private func rosterJSON(_ roster: Roster) -> JSON {
    let rows = roster.rows().map { row in
        JSON.with([
            "line": JSON(row.line), "role": JSON(row.role), "name": json(row.name),
            "organization": JSON(row.organization), "username": JSON(row.username), "email": JSON(row.email),
            "phone": JSON(row.phone), "preferred": JSON(row.preferred), "locale": JSON(row.language),
            "external_id": JSON(row.externalId), "password_hash": JSON(row.passwordHash), "note": JSON(row.note),
            "already_created": row.alreadyCreated.map(JSON.bool) ?? .null, "findings": JSON(row.findings),
        ])
    }
    return .with(["findings": JSON(roster.findings())]).adding(["rows": JSON(rows)])
}

/// By default: prefix 104, country US, nobody known, nothing taken, nothing
/// decided.
private func preview(_ given: JSON) throws -> Preview {
    let country = given["country"]?.text ?? "US"
    let policy = try draft(given["policy"]?.fields ?? [:])
    let known = try given.list("known").map { try knownParty($0, country) }
    let taken = given.texts("taken").map { canonicalUsername(typed: $0, country: country) }
    let preview = try roster(given).preview(
        known: known, taken: taken + known.compactMap(\.usernameCanonical), prefix: given["prefix"]?.text ?? "104",
        country: country, policy: policy,
        retired: given.texts("retired").map { canonicalUsername(typed: $0, country: country) },
        decisions: given.list("decisions").map { try WhoDecision(said: $0.text("said"), who: who($0["who"])) })
    for step in given.list("then") {
        if let line = step["decide"]?.number {
            _ = try preview.decide(line: UInt64(line), who: who(step["who"]))
        } else if let username = step["username"]?.text {
            _ = try preview.accept(line: UInt64(step.number("line")), username: username)
        } else if step["decline"] != nil {
            try preview.decline(line: UInt64(step.number("decline")))
        } else {
            _ = preview.acceptSuggestions()
        }
    }
    return preview
}

/// Who a row is about, as cases write it: the party is a small number.
private func who(_ given: JSON?) throws -> Who {
    if given == .text("another") { return .another }
    guard let same = given?["same"]?.number else { throw Malformed(what: "a decision") }
    return try .same(party: party(same))
}

private func json(_ who: Who) throws -> JSON {
    switch who {
    case .same(let party): return try .object(["same": number(party)])
    case .another: return .text("another")
    }
}

private func party(_ number: Int64) throws -> UUID {
    guard let party = UUID(uuidString: String(format: "00000000-0000-0000-0000-%012x", number)) else {
        throw Malformed(what: "\(number)")
    }
    return party
}

/// Someone the agency knows, as cases write them: `party` is a small number,
/// `account` says whether they have one, `active` whether its user has come,
/// `joined` whether it was made for another, `invited` whether they were
/// invited, and `organization` is the name of one.
private func knownParty(_ given: JSON, _ country: String) throws -> KnownParty {
    let name = try given["organization"].map { PersonName(last: $0.text) } ?? person(given["name"])
    let party = try party(given.number("party"))
    return KnownParty(
        party: party, account: given.flag("account") ? party : nil, active: given.flag("active"),
        joined: given.flag("joined"), invited: given.flag("invited"), externalId: given["external_id"]?.text, nameKey: name.key(), displayName: name.display(),
        nickname: name.nickname, roles: Set(given.texts("roles").compactMap(Role.init(word:))),
        usernameCanonical: given["username"]?.text.map { canonicalUsername(typed: $0, country: country) },
        ownNames: given.texts("own_names").map { canonicalUsername(typed: $0, country: country) },
        emailCanonical: given["email"]?.text.flatMap { checkEmail(text: $0).value?.canonical },
        phoneE164: given["phone"]?.text.flatMap { checkPhone(text: $0, country: country).value?.e164 },
        accountEmail: given["account_email"]?.text.flatMap { checkEmail(text: $0).value?.canonical },
        accountPhone: given["account_phone"]?.text.flatMap { checkPhone(text: $0, country: country).value?.e164 },
        preferred: given["preferred"]?.text.flatMap(ContactMethod.init(word:)),
        language: given["locale"]?.text.flatMap(Language.init(word:)), note: given["note"]?.text)
}

private func previewJSON(_ preview: Preview) throws -> JSON {
    let rows = try preview.rows().map { row in
        let changes = row.changes.map { JSON([JSON($0.field), JSON($0.before), JSON($0.after)]) }
        return try JSON.with([
            "line": JSON(row.row.line), "state": JSON(row.state), "action": JSON(row.action),
            "party": row.party.map(number) ?? .null, "maybe": JSON(row.maybe.map(number)),
            "same_as": row.sameAs.map(JSON.init) ?? .null,
            "username": JSON(row.username), "canonical": row.canonical == row.username ? .null : JSON(row.canonical),
            "findings": JSON(row.findings), "suggestions": JSON(row.suggestions), "changes": JSON(changes),
        ])
    }
    let decisions = try preview.decisions().map { try JSON.object(["said": JSON($0.said), "who": json($0.who)]) }
    return try .with(["gone": JSON(preview.gone().map(number)), "decisions": JSON(decisions)])
        .adding(["rows": JSON(rows)])
}

private func number(_ party: UUID) throws -> JSON {
    guard let number = Int64(party.uuidString.suffix(12), radix: 16) else { throw Malformed(what: "\(party)") }
    return .number(number)
}

private func json(_ summary: RosterSummary) -> JSON {
    .object([
        "rows": JSON(summary.rows), "create": JSON(summary.create), "update": JSON(summary.update),
        "unchanged": JSON(summary.unchanged), "waiting": JSON(summary.waiting), "failed": JSON(summary.failed),
    ])
}

// Histories.

/// A history as it was written, or as someone left it.
private struct Written {
    var key: Data
    var lines: [HistoryLine] = []
    var head = HistoryHead()
}

/// The lines of a case, chained; what they leave out is nil, empty or none.
private func written(_ given: JSON) throws -> Written {
    var written = try Written(key: bytes(given.text("key")))
    let blank = HistoryLine(
        subject: UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)), at: try date("2026-11-22T09:00:00Z"),
        kind: .noteChanged, actor: .manager, actorName: "")
    for fields in given.list("lines") {
        try written.lines.append(written.head.append(key: written.key, line: line(fields, from: blank)))
    }
    return written
}

/// That line with these fields.
private func line(_ given: JSON, from before: HistoryLine) throws -> HistoryLine {
    var line = before
    for name in (given.fields ?? [:]).keys {
        switch name {
        case "subject": line.subject = try given.id(name)
        case "sequence": line.sequence = given.number(name)
        case "at": line.at = try given.moment(name)
        case "kind": line.kind = try given.word(name)
        case "actor": line.actor = try given.word(name)
        case "actor_account": line.actorAccount = given[name] == nil ? nil : try given.id(name)
        case "actor_name": line.actorName = try given.text(name)
        case "details": line.details = params(given[name])
        case "source": line.source = given[name]?.text
        default: throw Malformed(what: name)
        }
    }
    return line
}

private func params(_ given: JSON?) -> [String: Param] {
    (given?.fields ?? [:]).compactMapValues { value in value.text.map(Param.text) ?? value.number.map(Param.number) }
}

/// What is found after a stranger had the store, but not the key.
private func verified(_ given: JSON) throws -> JSON {
    var history = try written(given)
    let subject = given["of"] == nil ? history.lines.first?.subject : try given.id("of")
    for change in given.list("then") { try tamper(change, &history) }
    if let other = given["other_key"]?.text { history.key = try bytes(other) }
    do {
        try verifyHistory(
            key: history.key, subject: subject ?? UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)),
            lines: history.lines, head: history.head)
        return .object(["whole": .bool(true)])
    } catch let error as CarekeyError {
        return .object(["error": JSON(error.code), "params": JSON(error.params)])
    }
}

/// Lines count from 1.
private func tamper(_ change: JSON, _ history: inout Written) throws {
    let at = Int(change.number("line")) - 1
    switch try change.text("do") {
    case "edit": history.lines[at] = try line(change.object("set"), from: history.lines[at])
    case "edit_mac": history.lines[at].mac[0] ^= 1
    case "empty_mac": history.lines[at].mac = Data()
    case "remove": history.lines.remove(at: at)
    case "repeat": history.lines.insert(history.lines[at], at: at)
    case "swap": history.lines.swapAt(at, Int(change.number("with")) - 1)
    case "cut": history.lines.removeLast(Int(change.number("lines")))
    case "renumber": for at in history.lines.indices { history.lines[at].sequence = Int64(at) + 1 }
    case "head_length": history.head = HistoryHead(length: change.number("to"), mac: history.head.mac())
    case "head_mac":
        var mac = history.head.mac()
        mac[31] ^= 0x80
        history.head = HistoryHead(length: history.head.length(), mac: mac)
    case "head_of_last_line":
        history.head = HistoryHead(length: history.head.length(), mac: history.lines.last?.mac ?? Data())
    case "empty_head": history.head = HistoryHead()
    case let other: throw Malformed(what: other)
    }
}

private func hex(_ bytes: Data) -> String { bytes.map { String(format: "%02x", $0) }.joined() }

private func bytes(_ hex: String) throws -> Data {
    var (bytes, rest) = (Data(), Substring(hex))
    while !rest.isEmpty {
        guard let byte = UInt8(rest.prefix(2), radix: 16) else { throw Malformed(what: hex) }
        bytes.append(byte)
        rest = rest.dropFirst(2)
    }
    return bytes
}

// Messages and passwords.

private func text(_ given: JSON) throws -> MessageText {
    try MessageText(body: given.text("body"), subject: given["subject"]?.text)
}

private func hasher(_ given: JSON) throws -> Hasher {
    let policy = try draft(given["cost"].map { ["password": .object(["cost": $0])] } ?? [:])
    return try Hasher(
        policy: policy, pepper: given["pepper"]?.number.map { Data(repeating: UInt8($0), count: 32) })
}

private func temporary(_ given: JSON) throws -> JSON {
    var settings = try JSON.parse(Data(wholeOr("password", given).json().utf8)).fields ?? [:]
    settings["temporary_password"] = .object(["length": given["length"] ?? .number(12)])
    let policy = try draft(settings)
    let password = policy.temporaryPassword()
    let lookAlikes = password.filter { "0OoQD1IliLjJ!|2Zz5Ss$6Gb8B&gqUuVv".contains($0) }.count
    return .object([
        "length": JSON(password.unicodeScalars.count),
        "passes": JSON(policy.checkPassword(password: password).passes), "look_alikes": JSON(lookAlikes),
    ])
}

/// A preset by its name, or the settings of one group.
private func wholeOr(_ group: String, _ given: JSON) throws -> Policy {
    guard let name = given["policy"]?.text else { return try draft([group: given["policy"] ?? .object([:])]) }
    return try preset(name)
}

extension JSON {
    fileprivate func adding(_ more: [String: JSON]) -> JSON {
        .object((fields ?? [:]).merging(more) { _, new in new })
    }
}

import CareKey
import Foundation

/// What the library answers to a call of the rulebook; nothing for one that it
/// does not carry.
func answer(_ call: String, _ given: JSON) throws -> JSON? {
    switch call {
    case "finding.message": return try findingMessage(given)
    case "name.parse":
        let check = try checkPersonName(text: given.text("text"))
        let value = check.value.map { name in
            JSON.object(["name": json(name), "display": JSON(name.display()), "key": JSON(name.key())])
        }
        return checked(value, check.findings)
    case "username.email":
        let check = try checkEmail(text: given.text("text"))
        let value = check.value.map { JSON.object(["typed": JSON($0.typed), "canonical": JSON($0.canonical)]) }
        return checked(value, check.findings)
    case "username.phone":
        let check = try checkPhone(text: given.text("text"), country: given.text("country"))
        return checked(check.value.map { .object(["typed": JSON($0.typed), "e164": JSON($0.e164)]) }, check.findings)
    case "username.contact":
        let check = try checkContact(text: given.text("text"), country: given.text("country"))
        let value = check.value.map { contact in
            JSON.object([
                "method": JSON(contact.method), "display": JSON(contact.display), "canonical": JSON(contact.canonical),
            ])
        }
        return checked(value, check.findings)
    case "username.canonical":
        return try JSON(canonicalUsername(typed: given.text("text"), country: given.text("country")))
    case "username.clash":
        switch try findClash(name: given.text("name"), taken: given.texts("taken"), retired: given.texts("retired")) {
        case nil: return .object(["clash": .null])
        case .taken: return .object(["clash": .text("taken")])
        case .retired: return .object(["clash": .text("retired")])
        case .confusable(let other): return .object(["clash": .text("confusable"), "other": .text(other)])
        }
    case "username.staff":
        let check = try staffName(
            pattern: given.text("pattern"), prefix: given.text("prefix"), name: person(given["name"]),
            maxLength: UInt32(given.number("max_length")))
        return checked(check.value.map(JSON.text), check.findings)
    case "username.check": return try checkUsernames(given)

    case "password.check":
        let list = try policy(given, "password").checkPassword(
            password: given.text("password"), person: owner(given), secondFactor: given.flag("second_factor"))
        return .object([
            "passes": JSON(list.passes),
            "rules": JSON(list.rules.map { .object(["code": JSON($0.code), "met": JSON($0.met)]) }),
            "findings": JSON(list.findings),
        ])
    case "password.change":
        return try JSON(
            policy(given, "password").checkNewPassword(
                password: given.text("new"), confirmation: given.text("confirm"), person: owner(given),
                currentMatches: given["current_matches"]?.bool, sameAsCurrent: given.flag("same_as_current"),
                reused: given.flag("reused")))
    case "questions.check":
        let answers = try given.list("answers").map {
            try SecurityAnswer(question: $0.text("question"), answer: $0.text("answer"))
        }
        let username = given["username"]?.text ?? ""
        return try JSON(policy(given, "questions").checkAnswers(username: username, answers: answers))
    case "questions.normalise": return try JSON(normaliseAnswer(text: given.text("text")))
    case "questions.list":
        let questions = try securityQuestions(language: given.word("locale"))
        return .object([
            "version": JSON(securityQuestionsVersion()),
            "questions": JSON(questions.map { .object(["id": JSON($0.id), "text": JSON($0.text)]) }),
        ])

    case "policy.findings":
        return try JSON(checkPolicy(json: given["policy"]?.description ?? wholePolicy(given).json()))
    case "policy.check": return try JSON(wholePolicy(given).departures())
    case "policy.explain":
        let language: Language = try given.word("locale")
        return try JSON(wholePolicy(given).departures().map { $0.message(language: language) })
    case "policy.read": return try readPolicy(given)
    case "policy.scheme":
        let (policy, role): (Policy, Role) = try (wholePolicy(given), given.word("role"))
        let enrolment = policy.enrolmentScheme(role: role)
        return .object([
            "username": JSON(policy.usernameScheme(role: role)), "enrolment": JSON(enrolment),
            "first_stage": JSON(firstStage(scheme: enrolment)),
        ])
    case "account.after_password":
        let policy = try policy(given, "questions", "questions")
        return try JSON(
            policy.stageAfterPassword(stage: given.word("stage"), questionsSet: given.flag("questions_set")))
    case "account.after_questions": return try JSON(stageAfterQuestions(stage: given.word("stage")))
    case "account.state": return try JSON(accountState(stage: given.word("stage"), disabled: given.flag("disabled")))
    case "account.throttle": return try throttle(given)
    case "account.session": return try session(given)

    case "invitation.code":
        let (code, findings) = try refusing { try InvitationCode(text: given.text("text")) }
        return .object([
            "code": JSON(code?.canonical()), "shown": JSON(code?.grouped()), "findings": JSON(findings),
        ])
    case "invitation.link":
        let (token, findings) = try refusing { try LinkToken(link: given.text("text")) }
        return .object(["token": JSON(token?.canonical()), "findings": JSON(findings)])
    case "invitation.standing":
        let (invitation, now) = try (invitation(given), given.moment("now"))
        return .object([
            "standing": JSON(invitation.standing(now: now)), "expires_at": JSON(invitation.expiresAt),
            "left_ms": JSON(Int64(invitation.timeLeft(now: now) * 1_000)),
        ])
    case "invitation.redeem":
        do {
            return try .object(["redeemed_at": JSON(invitation(given).redeemed(now: given.moment("now")).redeemedAt)])
        } catch let refused as CarekeyError {
            guard case .refused = refused else { throw refused }
            return .object(["error": .object(["kind": .text("refused"), "code": JSON(refused.code)])])
        }
    case "invitation.action":
        let (linked, sent) = (given.flag("linked"), given.flag("sent"))
        let finding = try checkOfficeAction(action: given.word("action"), linked: linked, sent: sent)
        return .object([
            "findings": JSON([finding].compactMap { $0 }), "next": JSON(nextOfficeAction(linked: linked, sent: sent)),
        ])
    case "invitation.column":
        switch onlineAccount(linkedContact: given["linked_contact"]?.text, sent: given.flag("sent")) {
        case .linked(let contact): return .object(["linked": JSON(contact)])
        case .action(let action): return .object(["action": JSON(action)])
        }
    case "invitation.method":
        let choice = chooseMethod(
            preferred: given["preferred"]?.text.flatMap(ContactMethod.init(word:)),
            asked: given["asked"]?.text.flatMap(ContactMethod.init(word:)), email: given["email"]?.text,
            phone: given["phone"]?.text)
        return .object([
            "method": JSON(choice.method), "contact": JSON(choice.contact), "findings": JSON(choice.findings),
        ])

    case "relationship.role":
        return try JSON([checkRole(role: given.word("role"), kind: given.word("kind"))].compactMap { $0 })
    case "relationship.conveys": return try JSON(roleConveyedBy(kind: given.word("kind")))
    case "relationship.period":
        let period = try period(given.object("period"))
        return try .with(
            ["valid": JSON(period.valid())],
            given["at"] == nil ? [:] : ["in_force": JSON(period.inForce(at: given.moment("at")))],
            given["other"] == nil
                ? [:] : ["overlaps": JSON(period.overlaps(other: CareKeyTests.period(given.object("other"))))])
    case "relationship.check":
        return try JSON(
            checkTie(
                kind: given.word("kind"), who: party(given.object("who")), of: party(given.object("of")),
                period: period(given.object("period")), existing: given.list("existing").map(tie)))

    case "visibility.policy": return try JSON(policy(given, "visibility").visibilityFindings())
    case "visibility.decide": return try json(decide(given))
    case "visibility.explain":
        let language: Language = try given.word("locale")
        return try JSON(decide(given).because.map { $0.message(language: language) })
    case "visibility.what":
        let seen = try policy(given, "visibility").whatCanSee(
            viewer: viewer(given.object("viewer")), others: given.list("others").map(of), at: given.moment("at"))
        return JSON(
            seen.map {
                .object(["resource": JSON($0.resource), "of": json($0.of), "scope": JSON($0.decision.scope)])
            })
    case "visibility.who":
        let viewers = given.list("viewers").compactMap(\.list)
        let seers = try policy(given, "visibility").whoCanSee(
            resource: given.word("resource"), of: of(given.object("of")), viewers: viewers.map { try viewer($0[1]) },
            at: given.moment("at"))
        return JSON(seers.map { .object(["id": viewers[Int($0.index)][0], "scope": JSON($0.decision.scope)]) })
    case "snapshot.open":
        return try opened(given) { .object(["issued_at": JSON($0.issuedAt()), "lapses_at": JSON($0.lapsesAt())]) }
    case "snapshot.decide":
        return try opened(given) { snapshot in
            try json(
                snapshot.canSee(
                    resource: given.word("resource"), of: whose(given.object("of")), at: given.moment("at")))
        }
    case "grant.check":
        return try JSON(
            checkGrant(
                to: party(given.object("to")), resource: given.word("resource"), period: period(given.object("period")))
        )
    default: return try officeAnswer(call, given)
    }
}

private func checked(_ value: JSON?, _ findings: [Finding]) -> JSON {
    .object(["value": value ?? .null, "findings": JSON(findings)])
}

/// The policy of a case: a preset, or settings of one group, or the default.
private func policy(_ given: JSON, _ group: String, _ name: String = "policy") throws -> Policy {
    switch given[name] {
    case nil: return .agency()
    case .text(let preset): return try CareKeyTests.preset(preset)
    case .some(let settings): return try Policy(json: JSON.object([group: settings]).description)
    }
}

func preset(_ name: String) throws -> Policy {
    switch name {
    case "agency": return .agency()
    case "evv_state": return .evvState()
    case "nist_800_63b_4": return .nist()
    default: throw Malformed(what: "preset \(name)")
    }
}

private func wholePolicy(_ given: JSON) throws -> Policy {
    if let name = given["preset"]?.text { return try preset(name) }
    return try given["policy"].map { try Policy(json: $0.description) } ?? .agency()
}

private func readPolicy(_ given: JSON) throws -> JSON {
    let (policy, findings) = try refusing { try given["json"]?.text.map(Policy.init(json:)) ?? wholePolicy(given) }
    guard let policy else { return .object(["findings": JSON(findings)]) }
    let whole = try JSON.parse(Data(policy.json().utf8))
    guard given["show"] != nil else { return .object(["policy": whole]) }
    let shown = given.texts("show").map { setting in
        (setting, setting.split(separator: ".").reduce(whole) { group, name in group[String(name)] ?? .null })
    }
    return .object(["policy": .object(Dictionary(uniqueKeysWithValues: shown))])
}

/// The value, or the findings of the refusal.
private func refusing<T>(_ make: () throws -> T) throws -> (T?, [Finding]) {
    do {
        return (try make(), [])
    } catch let refusal as CarekeyError {
        guard case .invalid = refusal else { throw refusal }
        return (nil, refusal.findings)
    }
}

private func findingMessage(_ given: JSON) throws -> JSON {
    let code = try given.text("code")
    guard let severity = severityOfCode(code: code) else { return .object(["unknown": .bool(true)]) }
    let params = (given["params"]?.fields ?? [:]).compactMapValues { value in
        value.text.map(Param.text) ?? value.number.map(Param.number)
    }
    let finding = Finding(code: code, field: "field", severity: severity, params: params)
    let texts = Language.allCases.map { ($0.word(), JSON(finding.message(language: $0))) }
    return .with(["severity": JSON(severity)], Dictionary(uniqueKeysWithValues: texts))
}

func json(_ name: PersonName) -> JSON {
    .with([
        "first": JSON(name.first), "middle": JSON(name.middle), "last": JSON(name.last),
        "nickname": JSON(name.nickname),
    ])
}

func person(_ name: JSON?) throws -> PersonName {
    switch name {
    case nil: return PersonName()
    case .text(let text):
        guard let name = checkPersonName(text: text).value else { throw Malformed(what: text) }
        return name
    case .some(let parts):
        return PersonName(
            first: parts["first"]?.text, middle: parts["middle"]?.text, last: parts["last"]?.text,
            nickname: parts["nickname"]?.text)
    }
}

private func owner(_ given: JSON) -> Person {
    guard let person = given["person"] else { return Person() }
    return Person(
        names: person.texts("names"), username: person["username"]?.text, email: person["email"]?.text,
        agency: person["agency"]?.text)
}

private func checkUsernames(_ given: JSON) throws -> JSON {
    let (names, findings) = try refusing {
        try Usernames(
            policy: policy(given, "username"), prefix: given.text("prefix"), country: given.text("country"),
            taken: given.texts("taken"), retired: given.texts("retired"))
    }
    guard let names else { return .object(["error": JSON(findings)]) }
    let rows = given.list("rows")
    let requests = try rows.map { row in
        try UsernameRequest(
            line: UInt64(row.number("line")), scheme: row.word("scheme"), name: person(row["name"]),
            username: row["username"]?.text, email: row["email"]?.text, phone: row["phone"]?.text,
            own: row["own"]?.text, earlier: row.texts("earlier"))
    }
    var verdicts = names.checkAll(requests: requests)
    for (at, row) in rows.enumerated() {
        if let username = row["accept"]?.text { verdicts[at] = names.accept(request: requests[at], username: username) }
    }
    return .object([
        "verdicts": JSON(
            verdicts.map {
                .with([
                    "pass": JSON($0.pass), "username": JSON($0.username), "canonical": JSON($0.canonical),
                    "email": JSON($0.email?.canonical), "phone": JSON($0.phone?.e164), "findings": JSON($0.findings),
                    "suggestions": JSON($0.suggestions),
                ])
            })
    ])
}

private func throttle(_ given: JSON) throws -> JSON {
    let throttle = try policy(given, "throttle").throttle()
    var admissions: [JSON] = []
    for step in given.list("script") {
        let (now, doing) = try (step.moment("at"), step.text("do"))
        for _ in 0..<(step["times"]?.number ?? 1) {
            if ["admit", "try_right", "try_wrong"].contains(doing) {
                let admission = throttle.admit(now: now)
                switch admission {
                case .evaluate: admissions.append(.text("evaluate"))
                case .locked(let until): admissions.append(.object(["locked_until": JSON(until)]))
                case .closed: admissions.append(.text("closed"))
                case .busy: admissions.append(.text("busy"))
                }
                if admission != .evaluate { continue }
            }
            switch doing {
            case "admit": break
            case "right", "try_right": throttle.succeeded()
            case "wrong", "try_wrong": throttle.failed(now: now)
            case "withdraw": throttle.withdrawn()
            case "count": throttle.count(now: now)
            default: throw Malformed(what: doing)
            }
        }
    }
    let state = throttle.state()
    return .object([
        "admissions": JSON(admissions),
        "throttle": .object([
            "failures": JSON(state.failures), "open": JSON(state.open), "open_until": JSON(state.openUntil),
            "locked_until": JSON(state.lockedUntil),
        ]),
    ])
}

private func session(_ given: JSON) throws -> JSON {
    let (begun, epoch) = try (given.moment("begun_at"), given.number("epoch"))
    var life =
        if let minutes = given["step_minutes"]?.number {
            stepLife(lasts: TimeInterval(minutes * 60), now: begun, epoch: epoch)
        } else {
            try policy(given, "session").session(remember: given.flag("remember"), now: begun, epoch: epoch)
        }
    for used in try given.texts("uses").map(date) where life.isLive(epoch: epoch, now: used) {
        life.usedAt = used
    }
    life.ended = given.flag("ended")
    let live = try life.isLive(epoch: given.number("account_epoch"), now: given.moment("now"))
    return .object(["expires_at": JSON(life.expiresAt), "live": JSON(live)])
}

private func invitation(_ given: JSON) throws -> Invitation {
    var invitation = try policy(given, "invitation").issueInvitation(
        contact: "sue@example.com", method: .email, now: given.moment("issued_at"))
    if given["redeemed_at"] != nil { invitation = try invitation.redeemed(now: given.moment("redeemed_at")) }
    if given["superseded_at"] != nil { invitation = try invitation.superseded(now: given.moment("superseded_at")) }
    return invitation
}

private func period(_ given: JSON) throws -> Period {
    try Period(beginsAt: given.moment("begins_at"), endsAt: given["ends_at"]?.text.map(date))
}

private func party(_ given: JSON) throws -> PartyFacts {
    try PartyFacts(
        id: given.id("id"), kind: given.word("kind"), roles: Set(given.texts("roles").compactMap(Role.init(word:))))
}

private func tie(_ given: JSON) throws -> Tie {
    try Tie(kind: given.word("kind"), who: given.id("who"), of: given.id("of"), period: period(given))
}

private func grant(_ given: JSON) throws -> Grant {
    try Grant(
        to: given.id("to"), resource: given.word("resource"), of: given["of"] == nil ? nil : given.id("of"),
        period: period(given))
}

private func viewer(_ given: JSON) throws -> Viewer {
    try Viewer(
        active: given.flag("active"), parties: given.list("parties").map(party), ties: given.list("ties").map(tie),
        grants: given.list("grants").map(grant), applications: given.texts("applications").compactMap(UUID.init))
}

private func of(_ given: JSON) throws -> Of {
    if let party = given["party"] { return try .party(id: party.id("id"), client: party.flag("client")) }
    return given.text == "own" ? .own : try .application(id: given.id("application"))
}

private func json(_ of: Of) -> JSON {
    switch of {
    case .own: .text("own")
    case .party(let id, let client): .object(["party": .object(["id": JSON(id), "client": JSON(client)])])
    case .application(let id): .object(["application": JSON(id)])
    }
}

private func whose(_ given: JSON) throws -> Whose {
    if given["party"] != nil { return try .party(id: given.id("party")) }
    return given.text == "own" ? .own : try .application(id: given.id("application"))
}

private func decide(_ given: JSON) throws -> Decision {
    let (policy, viewer, at) = try (policy(given, "visibility"), viewer(given.object("viewer")), given.moment("at"))
    let (resource, of): (Resource, Of) = try (given.word("resource"), of(given.object("of")))
    let decision = policy.decide(viewer: viewer, resource: resource, of: of, at: at)
    guard policy.sees(viewer: viewer, resource: resource, of: of, at: at) == decision.scope else {
        throw Malformed(what: "the short way disagrees")
    }
    return decision
}

private func json(_ decision: Decision) -> JSON {
    let because = decision.because.map {
        JSON.with(["code": JSON($0.code), "role": JSON($0.role), "tie": JSON($0.tie?.kind)])
    }
    return .with(
        ["allowed": JSON(decision.allowed), "because": JSON(because), "scope": JSON(decision.scope)])
}

/// The snapshot of a case, as it was opened; or as it was refused.
private func opened(_ given: JSON, _ answer: (Snapshot) throws -> JSON) throws -> JSON {
    do {
        return try answer(
            Snapshot(
                text: given.text("snapshot"), key: given.text("key"), agency: given.text("agency"),
                account: given.id("viewer"), now: given.moment("now")))
    } catch let error as CarekeyError {
        return .with(["error": JSON(error.code), "params": JSON(error.params)])
    }
}

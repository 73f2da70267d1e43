// The password form: each rule is ticked off as someone types. Compiled and
// tested on Linux; the view that shows it is in Views.swift.

import CareKey
import Foundation

/// A value: a view keeps it in its `@State`.
public struct PasswordModel {
    /// One line of the checklist.
    public struct Line: Identifiable, Equatable {
        public let id: Int
        public let text: String
        public let met: Bool
    }

    public var password = "" { didSet { check() } }
    public var confirmation = "" { didSet { check() } }
    public private(set) var lines: [Line] = []
    public private(set) var canSubmit = false

    private let policy: Policy
    private let person: Person
    private let language: Language

    /// The policy is the agency's, as its server sends it.
    public init(policy: Policy, person: Person, language: Language) {
        (self.policy, self.person, self.language) = (policy, person, language)
        check()
    }

    private mutating func check() {
        let list = policy.checkPassword(password: password, person: person)
        lines = list.rules.enumerated().map { at, rule in
            Line(id: at, text: rule.finding.message(language: language), met: rule.met)
        }
        canSubmit = policy.checkNewPassword(password: password, confirmation: confirmation, person: person).isEmpty
    }
}

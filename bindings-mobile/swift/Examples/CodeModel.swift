// The code screen of an invitation: a slip is told without a network, and only
// a code that can be right is sent. Compiled and tested on Linux; the view that
// shows it is in Views.swift.

import CareKey
import Foundation

/// A value: a view keeps it in its `@State`.
public struct CodeModel {
    public enum State: Equatable {
        /// Not all ten characters are there yet.
        case typing
        /// Something to put right, in the reader's language.
        case slip(String)
        /// It can be sent: the code as people read it.
        case ready(String)
    }

    public var text = "" { didSet { check() } }
    public private(set) var state = State.typing
    /// How long the invitation is still good, in the reader's language.
    public let timeLeft: String
    /// What is sent to the server, together with the contact.
    public private(set) var code: InvitationCode?

    private let language: Language

    public init(invitation: Invitation, language: Language, now: Date = .now) {
        self.language = language
        timeLeft = invitation.timeLeftText(now: now, language: language)
    }

    /// The link that the system opened the app with needs no typing.
    public static func token(of url: URL) -> LinkToken? {
        try? LinkToken(url: url)
    }

    private mutating func check() {
        do {
            let code = try InvitationCode(text: text)
            (self.code, state) = (code, .ready(code.grouped()))
        } catch let error as CarekeyError where error.code == "code.malformed" {
            (code, state) = (nil, .typing)
        } catch let error as CarekeyError {
            (code, state) = (nil, .slip(error.findings.first?.message(language: language) ?? error.reason))
        } catch {
            (code, state) = (nil, .typing)
        }
    }
}

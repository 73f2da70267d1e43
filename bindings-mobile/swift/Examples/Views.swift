// The views of both models. They need Apple's SDK, and no test of this project
// compiles them.

#if canImport(SwiftUI)
    import CareKey
    import SwiftUI

    public struct PasswordView: View {
        @State var model: PasswordModel
        let submit: (String) -> Void

        public init(model: PasswordModel, submit: @escaping (String) -> Void) {
            _model = State(initialValue: model)
            self.submit = submit
        }

        public var body: some View {
            Form {
                SecureField("New password", text: $model.password)
                    .textContentType(.newPassword)
                SecureField("Again", text: $model.confirmation)
                    .textContentType(.newPassword)
                Section {
                    ForEach(model.lines) { line in
                        Label(line.text, systemImage: line.met ? "checkmark.circle.fill" : "circle")
                            .foregroundStyle(line.met ? .green : .secondary)
                            .accessibilityValue(line.met ? "met" : "not met")
                    }
                }
                Button("Save") { submit(model.password) }
                    .disabled(!model.canSubmit)
            }
        }
    }

    public struct CodeView: View {
        @State var model: CodeModel
        let redeem: (InvitationCode) -> Void

        public init(model: CodeModel, redeem: @escaping (InvitationCode) -> Void) {
            _model = State(initialValue: model)
            self.redeem = redeem
        }

        public var body: some View {
            Form {
                TextField("Code", text: $model.text)
                    .autocorrectionDisabled()
                switch model.state {
                case .typing: Text(model.timeLeft).foregroundStyle(.secondary)
                case .slip(let message): Text(message).foregroundStyle(.red)
                case .ready(let code): Text(code).monospaced()
                }
                Button("Continue") { model.code.map(redeem) }
                    .disabled(model.code == nil)
            }
        }
    }
#endif

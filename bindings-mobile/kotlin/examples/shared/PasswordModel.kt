// The password form: each rule is ticked off as someone types. It needs no
// Android: compiled and tested on the JVM. ../android has the ViewModel and the
// screen around it.

package carekey.examples

import carekey.Language
import carekey.Person
import carekey.Policy
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow

/** One line of the checklist. */
data class PasswordLine(val text: String, val met: Boolean)

/** What the form shows. It holds no password. */
data class PasswordState(val lines: List<PasswordLine>, val canSubmit: Boolean)

/** The policy is the agency's, as its server sends it. */
class PasswordModel(private val policy: Policy, private val person: Person, private val language: Language) {
    private val _state = MutableStateFlow(check("", ""))
    val state: StateFlow<PasswordState> = _state.asStateFlow()

    fun typed(password: String, confirmation: String) {
        _state.value = check(password, confirmation)
    }

    private fun check(password: String, confirmation: String) = PasswordState(
        lines = policy.checkPassword(password, person).rules.map { PasswordLine(it.finding.message(language), it.met) },
        canSubmit = policy.checkNewPassword(password, confirmation, person).isEmpty(),
    )
}

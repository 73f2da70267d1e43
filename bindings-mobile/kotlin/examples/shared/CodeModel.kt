// The code screen of an invitation: a slip is told without a network, and only
// a code that can be right is sent. It needs no Android: compiled and tested on
// the JVM. ../android has the ViewModel and the screen around it.

package carekey.examples

import carekey.CarekeyException
import carekey.Invitation
import carekey.InvitationCode
import carekey.Language
import carekey.code
import carekey.findings
import carekey.reason
import java.time.Instant
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow

sealed interface CodeState {
    /** Not all ten characters are there yet. */
    data object Typing : CodeState

    /** Something to put right, in the reader's language. */
    data class Slip(val message: String) : CodeState

    /** It can be sent to the server, together with the contact. It prints as `•••`. */
    data class Ready(val code: InvitationCode) : CodeState
}

class CodeModel(invitation: Invitation, private val language: Language, now: Instant = Instant.now()) {
    private val _state = MutableStateFlow<CodeState>(CodeState.Typing)
    val state: StateFlow<CodeState> = _state.asStateFlow()

    /** How long the invitation is still good, in the reader's language. */
    val timeLeft: String = invitation.timeLeftText(now, language)

    fun typed(text: String) {
        _state.value = try {
            CodeState.Ready(InvitationCode(text))
        } catch (error: CarekeyException) {
            when (error.code) {
                "code.malformed" -> CodeState.Typing
                else -> CodeState.Slip(error.findings.firstOrNull()?.message(language) ?: error.reason)
            }
        }
    }
}

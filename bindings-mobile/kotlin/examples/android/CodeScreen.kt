// A Compose screen and its ViewModel around CodeModel. They need the Android
// SDK, and no test of this project compiles them.

package carekey.examples

import androidx.compose.foundation.layout.Column
import androidx.compose.material3.Button
import androidx.compose.material3.OutlinedTextField
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.lifecycle.ViewModel
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import carekey.Invitation
import carekey.InvitationCode
import carekey.Language

class CodeViewModel(invitation: Invitation, language: Language) : ViewModel() {
    private val model = CodeModel(invitation, language)
    val state = model.state
    val timeLeft = model.timeLeft
    fun typed(text: String) = model.typed(text)
}

@Composable
fun CodeScreen(viewModel: CodeViewModel, redeem: (InvitationCode) -> Unit) {
    var text by remember { mutableStateOf("") }
    val state by viewModel.state.collectAsStateWithLifecycle()

    Column {
        OutlinedTextField(
            value = text,
            onValueChange = { text = it; viewModel.typed(it) },
            label = { Text("Code") },
            isError = state is CodeState.Slip,
        )
        when (val now = state) {
            is CodeState.Typing -> Text(viewModel.timeLeft)
            is CodeState.Slip -> Text(now.message)
            is CodeState.Ready -> Text(now.code.grouped())
        }
        Button(
            onClick = { (state as? CodeState.Ready)?.let { redeem(it.code) } },
            enabled = state is CodeState.Ready,
        ) { Text("Continue") }
    }
}

// A Compose screen and its ViewModel around PasswordModel. They need the
// Android SDK, and no test of this project compiles them.

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
import androidx.compose.ui.text.input.PasswordVisualTransformation
import androidx.lifecycle.ViewModel
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import carekey.Language
import carekey.Person
import carekey.Policy

class PasswordViewModel(policy: Policy, person: Person, language: Language) : ViewModel() {
    private val model = PasswordModel(policy, person, language)
    val state = model.state
    fun typed(password: String, confirmation: String) = model.typed(password, confirmation)
}

@Composable
fun PasswordScreen(viewModel: PasswordViewModel, submit: (String) -> Unit) {
    // Not rememberSaveable: a password is not written to the saved state.
    var password by remember { mutableStateOf("") }
    var confirmation by remember { mutableStateOf("") }
    val state by viewModel.state.collectAsStateWithLifecycle()

    Column {
        OutlinedTextField(
            value = password,
            onValueChange = { password = it; viewModel.typed(password, confirmation) },
            label = { Text("New password") },
            visualTransformation = PasswordVisualTransformation(),
        )
        OutlinedTextField(
            value = confirmation,
            onValueChange = { confirmation = it; viewModel.typed(password, confirmation) },
            label = { Text("Again") },
            visualTransformation = PasswordVisualTransformation(),
        )
        state.lines.forEach { line -> Text((if (line.met) "✓ " else "○ ") + line.text) }
        Button(onClick = { submit(password) }, enabled = state.canSubmit) { Text("Save") }
    }
}

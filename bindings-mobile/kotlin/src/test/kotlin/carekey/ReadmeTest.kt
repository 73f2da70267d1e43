package carekey

import java.time.Instant
import java.util.UUID
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/**
 * The lines of README.md, as they stand there; tests/mobile/run.sh holds both
 * against each other.
 */
class ReadmeTest {
    private val text = "ArSJ6eJJtoJJgmECNNHhw-UAAABlEAAAAAAAAAAAAAAAAAAAAAmAgP2q0OTUnDGAgPW_4on8nDEBARAAAAAAAAAAAAAAAAAAAAABAAABAAAQAAAAAAAAAAAAAAAAAAAADAGAgNDfvZS5hjEBgIDMzaLZ2ZwxAAAAAAAKxl2V-pTi8XksdSlH1hNn5w0V7ORrnay00QHDY59nEqU9bL8Y11j6D8ivn4XmduiITXFVRYCJttlUn2PX_EwB"
    private val key = "ck16kpsY-KcUgq-9VB7Ey7F-ZVHdq6-vnuSQh7qaRRG0iw"

    @Test
    fun readme() {
        val json = """{"password": {"min_length": 12}}"""
        val account = UUID(0, 9)
        val client = UUID(0, 12)
        val now = Instant.parse("2026-03-14T09:20:00Z")

        // As someone types: every rule, met or not, in their language.
        val policy = Policy(json) // the agency's, from its server
        val list = policy.checkPassword("lantern", Person(names = listOf("Felicia Conner")))
        for (rule in list.rules.filterNot { it.met }) {
            println(rule.finding.message(Language.SPANISH))
        }

        // A slip in a code is told without a network.
        try {
            InvitationCode("7K3Q0-9DWX2")
        } catch (error: CarekeyException.Invalid) {
            println(error.findings.map { it.message(Language.ENGLISH) })
        }

        // What this account may see, decided offline as the server would.
        val snapshot = Snapshot(text, key, "104", account, now)
        val calendar = snapshot.canSee(Resource.CALENDAR, Whose.Party(client), now)
        println("${calendar.allowed} ${calendar.because.map { it.code }}")

        assertEquals(5, list.findings.size)
        assertTrue(calendar.allowed)
    }
}

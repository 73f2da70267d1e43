package carekey

import carekey.examples.CodeModel
import carekey.examples.CodeState
import carekey.examples.PasswordModel
import java.time.Duration
import java.time.Instant
import java.util.Locale
import java.util.UUID
import kotlin.concurrent.thread
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** What an app meets: bad input, secrets, threads, and the examples. */
class AppTest {
    private val now = Instant.parse("2026-03-14T09:00:00Z")
    private val policy = Policy.agency()
    private val code = "7K3Q0-D9WX2"

    @Test
    fun everyCodeHasItsTextsAndItsWeight() {
        assertTrue(allCodes().size >= 180)
        assertEquals(allCodes().size, allCodes().toSet().size)
        for (code in allCodes()) {
            val finding = Finding(code, "field", severityOfCode(code)!!)
            assertNotEquals(code, finding.message(Language.ENGLISH))
            assertNotEquals(finding.message(Language.ENGLISH), finding.message(Language.SPANISH))
        }
        assertEquals("not.yet_known", Finding("not.yet_known", "field", Severity.ERROR).message(Language.SPANISH))
        assertEquals("Office staff", Role.OFFICE_STAFF.label(Language.ENGLISH))
        assertEquals(null, severityOfCode("not.yet_known"))
    }

    @Test
    fun everyErrorHasItsCode() {
        val slip = assertThrows(CarekeyException.Invalid::class.java) { InvitationCode("7K3Q0-9DWX2") }
        assertEquals("code.mistyped", (slip as CarekeyException).code)
        assertEquals("code.malformed", (assertThrows(CarekeyException::class.java) { InvitationCode("7K3Q0") }).code)
        assertEquals("link.malformed", (assertThrows(CarekeyException::class.java) { LinkToken("https://example.com") }).code)
        assertEquals("policy.malformed", (assertThrows(CarekeyException::class.java) { Policy("{") }).code)
        val range = assertThrows(CarekeyException::class.java) { Policy("""{"password": {"min_length": 1000}}""") }
        assertEquals(listOf("policy.out_of_range"), range.findings.map { it.code })
        assertEquals("agency.country", (assertThrows(CarekeyException::class.java) { Usernames(policy, "104", "usa", listOf()) }).code)
        val lapsed = policy.issueInvitation("sue@example.com", ContactMethod.EMAIL, now)
        val refused = assertThrows(CarekeyException.Refused::class.java) { lapsed.redeemed(now + Duration.ofDays(14)) }
        assertEquals("invitation.expired", (refused as CarekeyException).code)
        assertEquals("the invitation has lapsed; the office can send a new one", refused.reason)
    }

    @Test
    fun noTextIsTooBadToBeRead() {
        val texts = listOf(
            "", " ", "\u0000", "\uD800", "a\uDC00b@example.com", "\uFEFF", "\u202Eabc", "é".repeat(100_000), "🧑‍⚕️",
            "{".repeat(5_000), "[".repeat(200_000), "@".repeat(3_000), "+".repeat(100), "'; DROP TABLE accounts; --",
        )
        for (text in texts) {
            checkEmail(text)
            checkPhone(text, text)
            checkContact(text, "US")
            canonicalUsername(text, text)
            findClash(text, listOf(text))
            checkPersonName(text)
            staffName(text, text, PersonName(text, text, text, text), UInt.MAX_VALUE)
            policy.checkPassword(text, Person(listOf(text), text, text, text))
            policy.checkNewPassword(text, text)
            policy.checkAnswers(text, listOf(SecurityAnswer(text, text)))
            normaliseAnswer(text)
            checkPolicy(text)
            Finding(text, text, Severity.INFO, mapOf(text to Param.Text(text)), text).message(Language.SPANISH)
            for (make in listOf({ InvitationCode(text) }, { LinkToken(text) }, { Policy(text) })) {
                assertFalse(assertThrows(CarekeyException.Invalid::class.java) { make() }.code.isEmpty())
            }
            val refusal = assertThrows(CarekeyException::class.java) { Snapshot(text, text, text, UUID(0, 9), now) }
            assertEquals("snapshot.key", refusal.code)
        }
        assertEquals("email.malformed", checkEmail("\uD800").findings.single().code)
    }

    @Test
    fun noSnapshotIsOpenedThatIsNotWholeAndTrue() {
        val text = "ArSJ6eJJtoJJgmECNNHhw-UAAABlEAAAAAAAAAAAAAAAAAAAAAmAgP2q0OTUnDGAgPW_4on8nDEBARAAAAAAAAAAAAAAAAAAAAABAAABAAAQAAAAAAAAAAAAAAAAAAAADAGAgNDfvZS5hjEBgIDMzaLZ2ZwxAAAAAAAKxl2V-pTi8XksdSlH1hNn5w0V7ORrnay00QHDY59nEqU9bL8Y11j6D8ivn4XmduiITXFVRYCJttlUn2PX_EwB"
        val key = "ck16kpsY-KcUgq-9VB7Ey7F-ZVHdq6-vnuSQh7qaRRG0iw"
        fun refusal(text: String, agency: String = "104", account: Long = 9, at: Instant = now): String? =
            (runCatching { Snapshot(text, key, agency, UUID(0, account), at) }.exceptionOrNull() as CarekeyException?)?.code
        assertEquals(null, refusal(text))
        assertEquals("snapshot.other_agency", refusal(text, agency = "105"))
        assertEquals("snapshot.other_viewer", refusal(text, account = 8))
        assertEquals("snapshot.lapsed", refusal(text, at = now + Duration.ofHours(24)))
        assertEquals("snapshot.not_yet", refusal(text, at = now - Duration.ofMinutes(6)))
        for (length in text.indices) assertEquals("snapshot.malformed", refusal(text.take(length)))
        val changed = text.indices.map { at -> refusal(text.replaceRange(at, at + 1, if (text[at] == 'Q') "R" else "Q")) }
        val expected = setOf(
            "snapshot.malformed", "snapshot.newer", "snapshot.older", "snapshot.other_agency", "snapshot.forged",
        )
        assertEquals(expected, changed.toSet())
    }

    @Test
    fun noMomentIsTooFarOff() {
        for (moment in listOf(Instant.MIN, Instant.EPOCH, now, Instant.MAX)) {
            val invitation = policy.issueInvitation("sue@example.com", ContactMethod.SMS, moment)
            assertEquals(Standing.LAPSED, invitation.standing(Instant.MAX))
            invitation.timeLeft(Instant.MIN)
            assertTrue(Period(moment, moment).valid())
            policy.session(true, moment, Long.MAX_VALUE).isLive(Long.MIN_VALUE, moment)
            policy.throttle().failed(moment)
            stepLife(Duration.ofSeconds(Long.MAX_VALUE), moment, 0)
        }
        val precise = Instant.parse("2026-03-14T09:00:00.123456Z")
        assertEquals(precise, stepLife(Duration.ZERO, precise, 0).expiresAt)
    }

    @Test
    fun secretsAndPeopleDoNotPrint() {
        val secret = SecurityAnswer("first_pet", "Rex the Second")
        val finding = checkEmail("sue.taming@gmial.com").findings.single()
        val taken = Usernames(policy, "104", "US", listOf("104fconner"))
            .check(UsernameRequest(1u, UsernameScheme.STAFF, PersonName("Felicia", null, "Conner"))).findings.single()
        assertEquals("Finding(username.taken, username)", taken.toString())
        assertEquals("Finding(email.domain_slip, email)", finding.toString())
        assertEquals("InvitationCode(•••)", InvitationCode(code).toString())
        assertEquals("LinkToken(•••)", LinkToken("https://example.com/invitation#mzxw6ytboi2gs3lfnz2xe5dfojpwq2lt").toString())
        assertEquals("SecurityAnswer(first_pet, •••)", secret.toString())
        val error = CarekeyException.Invalid("username.taken", "the input breaks the rules in 1 place", mapOf(), listOf(taken))
        assertFalse(error.message.contains("104fconner"))
    }

    @Test
    fun oneObjectServesAllThreads() {
        val names = Usernames(policy, "104", "US", listOf())
        val passed = java.util.concurrent.ConcurrentLinkedQueue<String>()
        (1..8).map { n ->
            thread {
                repeat(50) { at ->
                    val line = (n * 1_000 + at).toULong()
                    val request = UsernameRequest(line, UsernameScheme.EMAIL, PersonName(last = "Smith"), email = "smith$at@example.com")
                    names.check(request).username?.let(passed::add)
                    policy.checkPassword("Spring!2026")
                }
            }
        }.forEach(Thread::join)
        assertEquals(50, passed.size, "each name went to one row")
        assertEquals(50, passed.toSet().size)
    }

    @Test
    fun longWorkSuspends() = runBlocking {
        val rows = (1..2_000).map { UsernameRequest(it.toULong(), UsernameScheme.STAFF, PersonName("John", null, "Smith")) }
        val verdicts = Usernames(policy, "104", "US", listOf()).checkBatch(rows)
        assertEquals(1, verdicts.count { it.pass })
        val refusal = runCatching { openSnapshot("", "ck1", "104", UUID(0, 9), now) }.exceptionOrNull() as CarekeyException
        assertEquals("snapshot.key", refusal.code)
        // Two that are refused have the same two names free, and each its own first.
        assertEquals(2_000 - 1, verdicts.mapNotNull { it.suggestions.firstOrNull() }.toSet().size)
    }

    @Test
    fun wordsAndLanguages() {
        assertEquals("password_due", AccountState.PASSWORD_DUE.word())
        assertEquals(
            listOf(Step.ACTIVATION, Step.CHANGE_PASSWORD, Step.SET_QUESTIONS, Step.SESSION, null),
            AccountState.entries.map(::nextStep),
        )
        assertEquals(Language.SPANISH, languageOf(Locale.forLanguageTag("es-MX")))
        assertEquals(Language.ENGLISH, languageOf(Locale.CANADA_FRENCH))
    }

    @Test
    fun rolesBeginAndEndWithTheirTies() {
        val (payer, client) = UUID(0, 1) to UUID(0, 2)
        val ties = listOf(Tie(TieKind.PAYER, payer, client, Period(now, now + Duration.ofDays(1))))
        assertEquals(setOf(Role.PAYER), conveyedRoles(payer, ties, now))
        assertEquals(emptySet<Role>(), conveyedRoles(payer, ties, now + Duration.ofDays(1)))
        assertEquals(emptySet<Role>(), conveyedRoles(client, ties, now))
    }

    @Test
    fun thePasswordForm() {
        val model = PasswordModel(policy, Person(names = listOf("Felicia Conner")), Language.SPANISH)
        assertFalse(model.state.value.canSubmit)
        model.typed("felicia 2026", "felicia 2026")
        assertEquals(3, model.state.value.lines.count { !it.met })
        assertTrue(model.state.value.lines.any { !it.met && it.text.contains("mayúscula") })
        model.typed("Lantern#47 tide", "Lantern#47 tied")
        assertTrue(model.state.value.lines.all { it.met })
        assertFalse(model.state.value.canSubmit)
        model.typed("Lantern#47 tide", "Lantern#47 tide")
        assertTrue(model.state.value.canSubmit)
    }

    @Test
    fun theCodeScreen() {
        val invitation = policy.issueInvitation("sue@example.com", ContactMethod.EMAIL, now)
        val model = CodeModel(invitation, Language.ENGLISH, now + Duration.ofHours(30))
        assertEquals("12 days", model.timeLeft)
        model.typed("7k3qo")
        assertEquals(CodeState.Typing, model.state.value)
        model.typed("7K3Q0-9DWX2")
        assertTrue(model.state.value is CodeState.Slip)
        model.typed("7k3qo d9wx2")
        assertEquals(code, (model.state.value as CodeState.Ready).code.grouped())
    }
}

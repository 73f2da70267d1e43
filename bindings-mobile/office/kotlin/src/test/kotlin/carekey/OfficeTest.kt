package carekey

import java.io.File
import java.util.UUID
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

/** What an office's app has besides, where it is no rule of the cases. */
class OfficeTest {
    @Test
    fun readme(@TempDir folder: File): Unit = runBlocking {
        val corrections = File(folder, "corrections.csv")
        val file = "Role,Name,Email\nCaregiver,Ann Lee,ann@example.com\nCaregiver,Bob Ray,\nOffice staff,Felicia Conner,\n".encodeToByteArray()
        val (known, taken, policy) = Triple(emptyList<KnownParty>(), listOf("104fconner"), Policy.agency())

        // The bulk window: every row with its verdict, before anything is written.
        val roster = readRoster(file)
        val preview = roster.previewed(known, taken, prefix = "104", country = "US", policy)
        val accepted = preview.acceptSuggestions()
        println("$accepted ${preview.summary().create} ${preview.summary().failed}")
        corrections.writeBytes(preview.failedCsv(Language.ENGLISH))

        assertEquals(listOf<ULong>(1u, 2u, 1u), listOf(accepted, preview.summary().create, preview.summary().failed))
        assertEquals(listOf("Ray"), readRoster(corrections.readBytes()).rows().map { it.name.last })
    }

    @Test
    fun decisionsAreKept(): Unit = runBlocking {
        val (roster, policy) = readRoster("Role,Name,Email\nCaregiver,Ann Lee,new@example.com\n".encodeToByteArray()) to Policy.agency()
        val name = PersonName(first = "Ann", last = "Lee")
        val (party, taken) = UUID(0, 7) to listOf("ann@example.com")
        val known = listOf(
            KnownParty(
                party, nameKey = name.key(), displayName = name.display(), roles = setOf(Role.CAREGIVER),
                usernameCanonical = "ann@example.com", emailCanonical = "ann@example.com",
            ),
        )
        val preview = roster.previewed(known, taken, prefix = "104", country = "US", policy)
        assertEquals(listOf(party), preview.rows().single().maybe)
        assertEquals(RowState.WAITING, preview.rows().single().state)

        // A namesake waits until someone says who it is; kept, it is not asked again.
        preview.decided(listOf(LineDecision(2u, Who.Another)))
        val kept = preview.decisions()
        val next = roster.previewed(known, taken, prefix = "104", country = "US", policy, decisions = kept)

        assertEquals(listOf(RowState.PASS, RowState.PASS), listOf(preview, next).map { it.rows().single().state })
        assertEquals(kept, next.rows().map { it.decision })
        assertEquals(emptyList<WhoDecision>(), next.decisions())
        preview.decide(2u, Who.Same(party))
        assertEquals(Who.Same(party), preview.decisions().single().who)
        val nobody = listOf(LineDecision(2u, Who.Another), LineDecision(2u, Who.Same(UUID(0, 99))))
        assertEquals("party.not_found", code { preview.decideAll(nobody) })
        assertEquals(Who.Same(party), preview.decisions().single().who)
        val retired = roster.previewed(emptyList(), emptyList(), "104", "US", policy, retired = listOf("new@example.com"))
        assertEquals(listOf("username.retired"), retired.rows().single().findings.map { it.code })
    }

    @Test
    fun hashing(): Unit = runBlocking {
        val hasher = Hasher(Policy.agency(), ByteArray(32) { 7 })
        val stored = hasher.hashed("Lantern#47 tide")
        assertEquals(Verified(matches = true, renew = false), hasher.verified(stored, "Lantern#47 tide"))
        assertEquals(Verified(matches = false, renew = false), hasher.verified(stored, "lantern#47 tide"))
    }

    @Test
    fun badInputHasItsCode() {
        assertEquals("key.length", code { Hasher(Policy.agency(), byteArrayOf(1)) })
        assertEquals("key.length", code { verifyHistory(ByteArray(0), UUID.randomUUID(), emptyList(), HistoryHead()) })
        assertEquals("policy.malformed", code { Policy.draft("{") })
        assertEquals("roster.empty", code { Roster(ByteArray(0)) })
        val roster = Roster.fromRows(emptyList())
        val preview = roster.preview(emptyList(), emptyList(), "", "US", Policy.agency())
        assertEquals("roster.no_such_row", code { preview.decline(ULong.MAX_VALUE) })
        assertEquals("roster.nothing_to_decide", code { preview.decide(ULong.MAX_VALUE, Who.Another) })
        assertEquals("agency.prefix", code { roster.preview(emptyList(), emptyList(), "?", "US", Policy.agency()) })
    }

    @Test
    fun secretsDoNotPrint() {
        assertEquals("RosterRow(line 3)", "${RosterRow(line = 3u, passwordHash = "\$2b\$12\$secret")}")
        val message = renderMessage(MessageText("{code}", "A code"), emptyMap(), mapOf("code" to "40718263"))
        assertEquals("RenderedMessage(A code, •••)", "$message")
    }

    private fun code(act: () -> Unit): String = assertThrows(CarekeyException::class.java) { act() }.code
}

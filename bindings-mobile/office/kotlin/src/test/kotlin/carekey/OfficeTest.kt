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

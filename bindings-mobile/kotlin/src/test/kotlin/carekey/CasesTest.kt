package carekey

import java.io.File
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** The cases of the rulebook: those of every other language. */
class CasesTest {
    private val files = File(System.getProperty("carekey.cases")).listFiles { file -> file.extension == "json" }!!
        .sortedBy { it.name }
        .map { it.nameWithoutExtension to Json.parseToJsonElement(it.readText()) as JsonObject }

    /** What a phone has no use for, and the library does not carry. `scope.json` says why. */
    private val scope = Json.parseToJsonElement(File(System.getProperty("carekey.scope")).readText()) as JsonObject

    @Test
    fun everyCaseHolds() {
        var ran = 0
        val wrong = mutableListOf<String>()
        val leftOut = sortedSetOf<String>()
        val tooFine = scope.texts("finer_than_a_microsecond")
        for ((file, cases) in files) {
            for (case in cases.objects("cases")) {
                val name = "$file / ${case.text("name")}"
                if (name in tooFine) continue
                val got = runCatching { answer(cases.text("call"), case.obj("given")) }
                if (got.isSuccess && got.getOrNull() == null) {
                    leftOut += cases.text("call")
                    continue
                }
                ran += 1
                if (got.getOrNull() != case["expect"]) {
                    wrong += "$name\n  given  ${case["given"]}\n  expect ${case["expect"]}\n  got    $got"
                }
            }
        }
        println("cases: $ran")
        assertTrue(wrong.isEmpty(), "${wrong.size} of $ran cases:\n${wrong.joinToString("\n")}")
        assertEquals(scope.obj("left_out").values.flatMap { (it as kotlinx.serialization.json.JsonArray).map { call -> (call as kotlinx.serialization.json.JsonPrimitive).content } }.sorted(), leftOut.toList())
        val all = files.filter { (_, cases) -> cases.text("call") !in leftOut }.sumOf { (_, cases) -> cases.list("cases").size }
        assertEquals(all - tooFine.size, ran)
        assertTrue(ran >= scope.int("fewest"), "only $ran cases")
    }
}

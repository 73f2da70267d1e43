package carekey

import java.io.File
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** The cases of the rulebook: those of every other language. */
class CasesTest {
    private val project = File(System.getProperty("carekey.project"))

    private val files = project.resolve("tests/cases").listFiles { file -> file.extension == "json" }!!
        .sortedBy { it.name }
        .map { it.nameWithoutExtension to Json.parseToJsonElement(it.readText()) as JsonObject }

    /** What this library does not carry, and why. */
    private val scope = Json.parseToJsonElement(project.resolve("bindings-mobile/scope.json").readText()) as JsonObject

    @Test
    fun everyCaseHolds() {
        var ran = 0
        val wrong = mutableListOf<String>()
        val leftOut = sortedSetOf<String>()
        for ((file, cases) in files) {
            for (case in cases.objects("cases")) {
                val name = "$file / ${case.text("name")}"
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
        val expected = (if (IS_OFFICE) listOf("engine") else listOf("engine", "office"))
            .flatMap { part -> scope.obj(part).keys.flatMap { scope.obj(part).texts(it) } }
        assertEquals(expected.sorted(), leftOut.toList())
        assertEquals(files.filter { (_, cases) -> cases.text("call") !in leftOut }.sumOf { (_, cases) -> cases.list("cases").size }, ran)
        val fewest = scope.obj("fewest").int(if (IS_OFFICE) "office" else "phone")
        assertTrue(ran >= fewest, "only $ran cases")
    }
}

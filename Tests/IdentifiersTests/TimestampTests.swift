import Identifiers
import Testing

@Suite("Timestamps")
struct TimestampTests {
    @Test(
        "are written as UTC with six digits of fraction, and read back",
        arguments: [
            (0, "1970-01-01T00:00:00.000000"),
            (1_702_488_953_263_485, "2023-12-13T17:35:53.263485"),
            (951_827_696_000_001, "2000-02-29T12:34:56.000001"),
            (-1, "1969-12-31T23:59:59.999999"),
            (4_107_542_399_999_999, "2100-02-28T23:59:59.999999"),
        ])
    func writtenAndRead(microseconds: Int, text: String) {
        #expect(Timestamp(microseconds: Int64(microseconds)).description == text)
        #expect(Timestamp(text) == Timestamp(microseconds: Int64(microseconds)))
    }

    @Test("are written without a crash, the first and the last that there can be too")
    func extremes() {
        #expect(Timestamp(microseconds: .min).description.hasSuffix("T19:59:05.224192"))
        #expect(Timestamp(microseconds: .max).description.hasSuffix("T04:00:54.775807"))
    }

    @Test(
        "that no calendar has, or in another form, are refused",
        arguments: [
            "", "2023-02-29T00:00:00", "2023-12-13", "2023-12-13 17:35:53", "2023-12-13T24:00:00",
            "2023-12-13T17:35:53.", "2023-12-13T17:35:53.1234567",
        ])
    func refused(text: String) {
        #expect(Timestamp(text) == nil)
    }

    @Test("of years that have more than four digits are written whole")
    func farYears() {
        #expect(Timestamp(microseconds: 253_402_300_800_000_000).description == "10000-01-01T00:00:00.000000")
        #expect(Timestamp(microseconds: .max).description == "294247-01-10T04:00:54.775807")
    }

    @Test("give default aliases their hour")
    func compactHour() {
        #expect(Timestamp("2023-12-13T17:35:53.263485")?.compactHour == "2023121317")
    }
}

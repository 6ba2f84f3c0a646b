import Identifiers
import Jobs
import Testing

@Suite("The model catalogue")
struct ModelCatalogueTests {
    private static func model(
        _ name: ProviderModelID, aliases: [ProviderModelID] = [], context: Int = 1
    ) -> CataloguedModel {
        CataloguedModel(
            provider: .openAI, name: name, aliases: aliases, contextTokens: context, trainingTokensPerExample: 1,
            vocabulary: .o200k)
    }

    @Test("finds a model by its name or alias, at its own provider")
    func finds() throws {
        let day = try #require(CalendarDay("2026-10-23"))
        let catalogue = ModelCatalogue(
            date: day, models: [Self.model("a-2025", aliases: ["a"]), Self.model("b"), Self.model("c", aliases: ["b"])])
        #expect(catalogue.find(.openAI, "a")?.name == "a-2025")
        #expect(catalogue.find(.openAI, "b")?.name == "b")
        #expect(catalogue.find(.openAI, "d") == nil)
        #expect(catalogue.find(ProviderName(rawValue: "other"), "a") == nil)
        #expect(catalogue.names(of: .openAI) == ["a-2025", "a", "b", "c", "b"])
    }

    @Test("laid over another replaces models of the same name, and adds the rest")
    func overlaid() throws {
        let (old, new) = (try #require(CalendarDay("2025-01-01")), try #require(CalendarDay("2026-01-01")))
        let base = ModelCatalogue(date: old, models: [Self.model("a", context: 1), Self.model("b")])
        let over = ModelCatalogue(date: new, models: [Self.model("a", context: 2), Self.model("c")])
        let result = base.overlaid(with: over)
        #expect(result.models.map(\.name) == ["a", "b", "c"])
        #expect(result.find(.openAI, "a")?.contextTokens == 2)
        #expect(result.date == new)
    }

    @Test("knows the day on which a model is offered no more")
    func shutdown() throws {
        var model = Self.model("a")
        let day = try #require(CalendarDay("2026-10-23"))
        #expect(model.isOffered(on: day))
        model.shutdownDate = day
        #expect(!model.isOffered(on: day))
        #expect(model.isOffered(on: try #require(CalendarDay("2026-10-22"))))
    }

    @Test("writes days as they are read", arguments: ["1970-01-01", "2024-02-29", "2026-10-23", "1969-12-31"])
    func days(text: String) throws {
        #expect(try #require(CalendarDay(text)).description == text)
    }

    @Test("refuses days that are none", arguments: ["", "2026-02-29", "2026-13-01", "2026-1-1", "2026-10-23T"])
    func noDays(text: String) {
        #expect(CalendarDay(text) == nil)
    }

    @Test("has days that begin at midnight, before 1970 too", arguments: [Int64(-1), 0, 86_399_999_999])
    func midnight(microseconds: Int64) {
        let day = CalendarDay(of: Timestamp(microseconds: microseconds))
        #expect(day.description == (microseconds < 0 ? "1969-12-31" : "1970-01-01"))
    }
}

@Suite("A price")
struct PriceTests {
    @Test(
        "reads dollars, exact to a millionth",
        arguments: [
            ("3", 3_000_000, "3.00"), ("1.5", 1_500_000, "1.50"), ("0.000125", 125, "0.000125"), ("0", 0, "0.00"),
        ])
    func reads(text: String, microdollars: Int, written: String) throws {
        let price = try #require(Price(text))
        #expect(price.microdollars == microdollars)
        #expect(price.description == written)
    }

    @Test(
        "is nothing else",
        arguments: [
            "", ".", "1.", ".5", "-1", "-0", "+1", "1.+5", "1.-5", "1.1234567", "1,5", "1.2.3", "a", "1e3", " 1",
        ])
    func refuses(text: String) {
        #expect(Price(text) == nil)
    }
}

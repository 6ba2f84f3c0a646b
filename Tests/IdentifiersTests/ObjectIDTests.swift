import Identifiers
import Testing

@Suite("Object ids")
struct ObjectIDTests {
    @Test("read back as they are written")
    func readBack() throws {
        let id = try #require(ObjectID("6579EB39a1b2c3d4e5f60718"))
        #expect(id.description == "6579eb39a1b2c3d4e5f60718")
        #expect(ObjectID(id.description) == id)
    }

    @Test(
        "are 24 hexadecimal digits and nothing else",
        arguments: ["", "6579eb39", "6579eb39a1b2c3d4e5f6071g", "6579eb39a1b2c3d4e5f607181"])
    func refused(text: String) {
        #expect(ObjectID(text) == nil)
    }

    @Test("increase within a second, when the clock is set back, and above those already in use")
    func increase() {
        let inUse = ObjectID(seconds: 100, suffix: .max)
        let generator = ObjectIDGenerator(after: inUse)
        let clock = [50, 100, 100, 200, 199, 201].map { Timestamp(microseconds: $0 * 1_000_000) }
        let made = clock.map { generator.next(now: $0) }
        #expect(made == made.sorted())
        #expect(Set(made).count == made.count)
        #expect(made.allSatisfy { $0 > inUse })
    }

    @Test("come in blocks, which follow one another, and what was made before")
    func blocks() {
        let generator = ObjectIDGenerator(after: ObjectID(seconds: 100, suffix: .max - 1))
        let now = Timestamp(microseconds: 50_000_000)
        let made = [generator.next(now: now)] + generator.block(of: 3, now: now) + [generator.next(now: now)]
        #expect(made == made.sorted())
        #expect(Set(made).count == 5)
        #expect(generator.block(of: 0, now: now).isEmpty)
    }
}

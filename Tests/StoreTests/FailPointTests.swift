import Store
import Testing

@Suite("Fail points")
struct FailPointTests {
    @Test("every name that is told can be armed, and for a later time")
    func names() {
        #expect(FailPoint.names.count == FailPoint.Step.allCases.count * 2)
        for name in FailPoint.names {
            #expect(FailPoint(name) != nil)
            #expect(FailPoint(name + ":3") != FailPoint(name))
            #expect(FailPoint(name + "=hang") != FailPoint(name))
            #expect(FailPoint(name + "=8s") != nil)
        }
    }

    @Test(
        "no other text is one",
        arguments: [
            "", "commit.accepted", "commit.accepted.during", "commit.accepted.before:0", "call.x.before", ":", "a:b:c",
            "commit.accepted.before=fly", "commit.accepted.before=hang=death", "commit.accepted.before=s",
        ])
    func others(text: String) {
        #expect(FailPoint(text) == nil)
    }
}

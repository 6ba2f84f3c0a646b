import Jobs
import Testing

@Suite("A provider's error")
struct ProviderErrorTests {
    @Test(
        "says what was said, and how long to wait",
        arguments: [
            (ProviderError.busy, "slow down", Sample.retryAfter), (.lost, "the connection was closed", nil),
            (.wrongKey, "wrong key", nil), (.refusal, "not for you", nil), (.cancelled, "the call was cancelled", nil),
        ] as [(ProviderError, String, Duration?)])
    func complaints(error: ProviderError, message: String, retryAfter: Duration?) {
        #expect(error.complaint.message == message)
        #expect(error.retryAfter == retryAfter)
    }

    @Test("is of a missing thing if the status is 404 alone")
    func missing() {
        #expect(ProviderError.missing.complaint.isMissing)
        #expect(!ProviderError.refusal.complaint.isMissing)
        #expect(!ProviderError.cancelled.complaint.isMissing)
    }
}

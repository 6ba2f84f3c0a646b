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

    @Test("is of a missing thing if the provider itself refuses with 404 alone")
    func missing() {
        #expect(ProviderError.missing.isMissing)
        #expect(!ProviderError.refusal.isMissing)
        #expect(!ProviderError.cancelled.isMissing)
        #expect(!ProviderError.answerLost(ProviderError.missing.complaint, retryAfter: nil).isMissing)
    }
}

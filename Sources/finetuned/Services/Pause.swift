/// Waits so long; whether it did, and was not cancelled meanwhile.
func pause(for duration: Duration) async -> Bool {
    do {
        try await Task.sleep(for: duration)
        return true
    } catch {
        return false
    }
}

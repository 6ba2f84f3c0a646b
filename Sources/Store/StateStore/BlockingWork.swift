import Dispatch

/// Runs work that blocks its thread (opening files, closing the database) on a thread that may block, for `utility` one
/// that takes what others leave.
func onABlockingThread<Value: Sendable, Failure: Error>(
    _ importance: DispatchQoS.QoSClass = .default, _ work: @escaping @Sendable () throws(Failure) -> Value
) async throws(Failure) -> Value {
    let result: Result<Value, Failure> = await withCheckedContinuation { continuation in
        DispatchQueue.global(qos: importance).async {
            continuation.resume(returning: Result { () throws(Failure) in try work() })
        }
    }
    return try result.get()
}

internal import CCurl

/// The curl multi handle: one thread drives all transfers through it.
///
/// Unchecked: curl allows `wake` from any thread while the handle lives, which `CurlMailbox` guards with its mutex.
/// All else is called on the curl thread alone.
struct MultiHandle: @unchecked Sendable {
    private let pointer: UnsafeMutableRawPointer

    /// `nil` if memory or descriptors ran out.
    init?(connectionsPerHost: Int) {
        // curl counts its initialisations and guards them with a lock; there is no use in undoing one.
        guard curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK, let pointer = curl_multi_init() else {
            return nil
        }
        self.pointer = pointer
        ccurl_multi_set_long(pointer, CURLMOPT_MAX_HOST_CONNECTIONS, connectionsPerHost)
        // Otherwise curl closes kept ones whenever few requests are under way, and opens others a moment later.
        ccurl_multi_set_long(pointer, CURLMOPT_MAXCONNECTS, connectionsPerHost)
    }

    /// Makes a wait under way return, or else the next one.
    func wake() {
        curl_multi_wakeup(pointer)
    }

    func add(_ handle: EasyHandle) -> Bool {
        curl_multi_add_handle(pointer, handle.pointer) == CURLM_OK
    }

    func remove(_ handle: EasyHandle) {
        curl_multi_remove_handle(pointer, handle.pointer)
    }

    /// Moves every transfer on as far as it goes without waiting.
    func perform() -> Bool {
        var running: Int32 = 0
        return curl_multi_perform(pointer, &running) == CURLM_OK
    }

    /// Waits for a socket, one of curl's timers or `wake`, but no longer than this and a millisecond.
    func wait(atMost longest: Duration) -> Bool {
        let (seconds, attoseconds) = max(longest, .zero).components
        let milliseconds = seconds * 1_000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
        return curl_multi_poll(pointer, nil, 0, Int32(clamping: milliseconds), nil) == CURLM_OK
    }

    /// A transfer that has ended, and how; `nil` when all were told.
    func nextEnded() -> (handle: UnsafeMutableRawPointer, code: CURLcode)? {
        var left: Int32 = 0
        while let message = curl_multi_info_read(pointer, &left) {
            guard message.pointee.msg == CURLMSG_DONE else { continue }
            return (message.pointee.easy_handle, ccurl_message_result(message))
        }
        return nil
    }

    func free() {
        curl_multi_cleanup(pointer)
    }
}

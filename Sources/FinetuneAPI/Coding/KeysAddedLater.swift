// Keys of replies that came with a later version. A client is often newer than the daemon it asks, which runs on until
// somebody restarts it: what such a daemon does not tell has a value that says nothing. Synthesised decoding calls these.

extension KeyedDecodingContainer {
    /// Nobody, where it is left out.
    func decode(_ type: TurnedAwayClients.Type, forKey key: Key) throws -> TurnedAwayClients {
        try value(forKey: key, orElse: TurnedAwayClients())
    }

    /// None, where they are left out.
    func decode(_ type: [RefusedKey].Type, forKey key: Key) throws -> [RefusedKey] {
        try value(forKey: key, orElse: [])
    }

    /// None, where they are left out.
    func decode(_ type: [ProviderObject].Type, forKey key: Key) throws -> [ProviderObject] {
        try value(forKey: key, orElse: [])
    }

    private func value<Value: Decodable>(forKey key: Key, orElse before: Value) throws -> Value {
        contains(key) ? try decode(Value.self, forKey: key) : before
    }
}

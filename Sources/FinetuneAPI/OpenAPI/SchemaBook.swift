/// The JSON Schemas of wire types, each under its own name, as an OpenAPI document's components hold them.
final class SchemaBook {
    /// Where a type stands. What a request may leave out, a reply shows as `null`.
    enum Use { case request, reply }

    /// The schemas of named types.
    private(set) var components = JSONObject()

    /// The schema of a type: a reference where the type has a name.
    func schema(of type: any Decodable.Type, _ use: Use) throws -> JSONObject {
        try probe(type, TypeProbe(book: self, use: use, fullness: .full)).schema
    }

    /// The schemas of an object's properties, in order.
    func properties(of type: any Decodable.Type) throws -> JSONObject {
        let schema = try schema(of: type, .request)
        return resolved(schema)["properties"]?.object ?? JSONObject()
    }

    /// Takes a schema that no type has.
    func add(_ name: String, _ schema: JSONObject) {
        components[name] = .object(schema)
    }

    /// A schema that refers to the one of this name.
    static func reference(to name: String) -> JSONValue { ["$ref": .string("#/components/schemas/\(name)")] }

    /// The named schemas to which a text of schemas refers, and those to which they refer in turn.
    func names(mentionedBy text: String) -> Set<String> {
        var names: Set<String> = []
        var texts = [text]
        while let text = texts.popLast() {
            for name in components.members.map(\.name) where !names.contains(name) {
                guard text.contains("#/components/schemas/\(name)\"") else { continue }
                names.insert(name)
                texts.append(self.text(of: name))
            }
        }
        return names
    }

    /// A named schema as text.
    func text(of name: String) -> String { components[name]?.text ?? "" }

    /// The schema itself, where `schema` refers to one.
    func resolved(_ schema: JSONObject) -> JSONObject {
        guard let reference = schema["$ref"]?.string, let name = reference.split(separator: "/").last else {
            return schema
        }
        return components[String(name)]?.object ?? schema
    }

    /// The schema of a type, and a value of it.
    func probe<Value: Decodable>(_ type: Value.Type, _ parent: TypeProbe) throws -> (schema: JSONObject, value: Value) {
        if let scalar = type as? any WireScalar.Type, let value = scalar.sample as? Value {
            return (scalarSchema(scalar), value)
        }
        if let listed = type as? any (CaseIterable & RawRepresentable).Type, let value = first(of: listed) as? Value {
            return (named(type, schemaOfCases(listed), parent.use), value)
        }
        let probe = TypeProbe(book: self, use: parent.use, fullness: parent.fullness)
        let value = try type.init(from: probe)
        return (try schema(of: type, seenBy: probe), value)
    }

    private func schema<Value: Decodable>(of type: Value.Type, seenBy probe: TypeProbe) throws -> JSONObject {
        switch probe.form {
        case .unknown: return JSONObject()
        case .same(let schema): return schema
        case .array(let element): return JSONObject(["type": "array", "items": .object(element)])
        case .object(let properties):
            // A bare probe sees no types of optional keys; the full one that came before it did.
            guard probe.fullness == .full else { return JSONObject() }
            return named(type, try objectSchema(of: type, properties, probe.use), probe.use)
        }
    }
}

// MARK: Kinds of schemas

extension SchemaBook {
    private func scalarSchema(_ type: any WireScalar.Type) -> JSONObject {
        let schema = type.schema
        // Those with a form of their own have a name too.
        return schema["pattern"] == nil ? schema : named(type, schema, .reply)
    }

    private func objectSchema<Value: Decodable>(
        of type: Value.Type, _ properties: [TypeProbe.Property], _ use: Use
    ) throws -> JSONObject {
        let name = Self.name(of: type)
        let required = use == .reply ? try keysAlwaysWritten(type) : properties.filter { !$0.isOptional }.map(\.name)
        var schema = JSONObject(["type": "object"])
        schema["description"] = WireDescriptions.texts[name].map(JSONValue.string)
        schema["properties"] = .object(
            JSONObject(
                members: properties.map { property in
                    JSONObject.Member(name: property.name, value: .object(self.schema(of: property, in: type, name)))
                }))
        if !required.isEmpty { schema["required"] = .array(required.map(JSONValue.string)) }
        if use == .request { schema["additionalProperties"] = false }
        return schema
    }

    private func schema(of property: TypeProbe.Property, in type: Any.Type, _ typeName: String) -> JSONObject {
        let form = property.probe?.form ?? property.form
        var schema = JSONObject()
        if case .same(let known) = form { schema = known }
        if case .array(let element) = form { schema = JSONObject(["type": "array", "items": .object(element)]) }
        let refinement = (type as? any Refined.Type)?.refinements[property.name]
        for member in refinement?.members.members ?? [] { schema[member.name] = member.value }
        if property.isNullable || property.probe?.isNullable == true { schema = nullable(schema) }
        if let text = WireDescriptions.texts["\(typeName).\(property.name)"] { schema["description"] = .string(text) }
        return schema
    }

    private func nullable(_ schema: JSONObject) -> JSONObject {
        if schema["$ref"] != nil { return JSONObject(["anyOf": [.object(schema), ["type": "null"]]]) }
        guard let type = schema["type"] else { return schema }
        var schema = schema
        schema["type"] = .array((type.array ?? [type]) + ["null"])
        return schema
    }

    /// What a reply shows even if it has no value is what the type writes when nothing optional is there.
    private func keysAlwaysWritten<Value: Decodable>(_ type: Value.Type) throws -> [String] {
        let bare = try type.init(from: TypeProbe(book: self, use: .reply, fullness: .bare))
        guard let bare = bare as? any Encodable else { return [] }
        let json = try JSONParser.parse(WireEncoder().encode(bare))
        return json.object?.members.map(\.name) ?? []
    }
}

// MARK: Enumerations

extension SchemaBook {
    private func first<Listed: CaseIterable & RawRepresentable>(of type: Listed.Type) -> Any? {
        Array(type.allCases).first
    }

    private func schemaOfCases<Listed: CaseIterable & RawRepresentable>(_ type: Listed.Type) -> JSONObject {
        let words = type.allCases.compactMap { $0.rawValue as? String }
        var schema = JSONObject(["type": "string", "enum": .array(words.map(JSONValue.string))])
        schema["description"] = description(ofCases: words, of: Self.name(of: type)).map(JSONValue.string)
        return schema
    }

    private func description(ofCases words: [String], of name: String) -> String? {
        let lines = words.compactMap { word in
            WireDescriptions.texts["\(name).\(word)"].map { "- `\(word)`: \($0)" }
        }
        let head = WireDescriptions.texts[name]
        return lines.isEmpty ? head : ([head].compactMap(\.self) + [""] + lines).joined(separator: "\n")
    }
}

// MARK: Names

extension SchemaBook {
    /// The type's name without its module: `TableDescription.Status`.
    private static func name(of type: Any.Type) -> String {
        String(reflecting: type).split(separator: ".").dropFirst().joined(separator: ".")
    }

    /// Keeps the schema under the type's name. Where a reply has that name for another schema, a request's is set apart.
    private func named(_ type: Any.Type, _ schema: JSONObject, _ use: Use) -> JSONObject {
        var name = Self.name(of: type)
        if let known = components[name], known != .object(schema), use == .request { name += "Input" }
        components[name] = .object(schema)
        return Self.reference(to: name).object ?? JSONObject()
    }
}

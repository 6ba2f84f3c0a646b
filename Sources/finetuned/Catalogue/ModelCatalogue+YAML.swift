import Jobs

extension ModelCatalogue {
    /// The catalogue that the daemon carries with it: `models.yaml` beside these sources.
    static func builtIn() throws(InvalidConfiguration) -> ModelCatalogue {
        let text = String(decoding: PackageResources.models_yaml, as: UTF8.self)
        return try ModelCatalogue(YAMLFile(text: text, name: "built-in model catalogue"))
    }

    /// Reads `date` and `models` of a catalogue file. Throws all that is wrong at once.
    init(_ file: YAMLFile) throws(InvalidConfiguration) {
        guard let root = file.root else {
            throw InvalidConfiguration(file.name, "is empty; it must hold the keys date and models")
        }
        var reader = CatalogueReader(file)
        let catalogue = reader.catalogue(root)
        guard reader.problems.isEmpty, let catalogue else { throw InvalidConfiguration(reader.problems) }
        self = catalogue
    }
}

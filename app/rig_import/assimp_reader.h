// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <assimp/Importer.hpp>
#include <cstddef>
#include <memory>
#include <span>
#include <string>

namespace gesture::app {

/// Reads a file with Assimp from memory: it can open nothing else, so data in other files are an
/// error. For a process in the sandbox, one thread. `extension` is ".fbx", ".glb", …
class AssimpReader {
public:
    /// Makes all importers, which may still open files: before the sandbox.
    AssimpReader();
    AssimpReader(const AssimpReader&) = delete;
    AssimpReader& operator=(const AssimpReader&) = delete;
    ~AssimpReader();

    /// The scene, owned by the reader: triangles only, vertices joined, FBX pivots folded into the
    /// nodes. InvalidInput with the library's words.
    [[nodiscard]] Result<const aiScene*> read(std::span<const std::byte> bytes,
                                              const std::string& extension);

private:
    std::unique_ptr<Assimp::Importer> importer_;
};

} // namespace gesture::app

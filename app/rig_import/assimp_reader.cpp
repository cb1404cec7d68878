// SPDX-License-Identifier: Apache-2.0
#include "app/rig_import/assimp_reader.h"

#include "core/base/utf8.h"

#include <algorithm>
#include <assimp/IOStream.hpp>
#include <assimp/IOSystem.hpp>
#include <assimp/config.h>
#include <assimp/mesh.h>
#include <assimp/postprocess.h>
#include <assimp/scene.h>
#include <cstring>
#include <fmt/format.h>
#include <string_view>

namespace gesture::app {

namespace {

/// The bytes of the one file there is.
class MemoryStream final : public Assimp::IOStream {
public:
    explicit MemoryStream(std::span<const std::byte> bytes)
        : bytes_(bytes) {}

    std::size_t Read(void* out, std::size_t size, std::size_t count) override {
        if (size == 0) return 0;
        const std::size_t whole = std::min(count, (bytes_.size() - at_) / size);
        if (whole > 0) std::memcpy(out, bytes_.data() + at_, whole * size);
        at_ += whole * size;
        return whole;
    }
    std::size_t Write(const void*, std::size_t, std::size_t) override { return 0; }
    aiReturn Seek(std::size_t offset, aiOrigin origin) override {
        const std::size_t from = origin == aiOrigin_SET   ? 0
                                 : origin == aiOrigin_CUR ? at_
                                                          : bytes_.size();
        // Offsets of other origins may be negative: unsigned numbers wrap around rightly.
        const std::size_t to = from + offset;
        if (to > bytes_.size()) return aiReturn_FAILURE;
        at_ = to;
        return aiReturn_SUCCESS;
    }
    [[nodiscard]] std::size_t Tell() const override { return at_; }
    [[nodiscard]] std::size_t FileSize() const override { return bytes_.size(); }
    void Flush() override {}

private:
    std::span<const std::byte> bytes_;
    std::size_t at_ = 0;
};

/// A disk with that one file on it.
class OneFile final : public Assimp::IOSystem {
public:
    OneFile(std::string name, std::span<const std::byte> bytes)
        : name_(std::move(name))
        , bytes_(bytes) {}

    bool Exists(const char* file) const override { return name_ == file; }
    char getOsSeparator() const override { return '/'; }
    Assimp::IOStream* Open(const char* file, const char* mode) override {
        const bool reading = std::string_view(mode).find('w') == std::string_view::npos;
        return Exists(file) && reading ? new MemoryStream(bytes_) : nullptr;
    }
    void Close(Assimp::IOStream* stream) override { delete stream; }
    bool ComparePaths(const char* one, const char* other) const override {
        return std::string_view(one) == other;
    }

private:
    std::string name_;
    std::span<const std::byte> bytes_;
};

} // namespace

AssimpReader::AssimpReader()
    : importer_(std::make_unique<Assimp::Importer>()) {
    importer_->SetPropertyBool(AI_CONFIG_IMPORT_FBX_PRESERVE_PIVOTS, false);
    importer_->SetPropertyBool(AI_CONFIG_IMPORT_FBX_READ_ANIMATIONS, false);
    importer_->SetPropertyBool(AI_CONFIG_IMPORT_FBX_READ_CAMERAS, false);
    importer_->SetPropertyBool(AI_CONFIG_IMPORT_FBX_READ_LIGHTS, false);
    importer_->SetPropertyBool(AI_CONFIG_IMPORT_REMOVE_EMPTY_BONES, false);
    importer_->SetPropertyBool(AI_CONFIG_IMPORT_NO_SKELETON_MESHES, true);
    importer_->SetPropertyBool(AI_CONFIG_IMPORT_COLLADA_USE_COLLADA_NAMES, true);
    importer_->SetPropertyInteger(AI_CONFIG_PP_SBP_REMOVE,
                                  aiPrimitiveType_POINT | aiPrimitiveType_LINE);
}

AssimpReader::~AssimpReader() = default;

Result<const aiScene*> AssimpReader::read(std::span<const std::byte> bytes,
                                          const std::string& extension) {
    const std::string name = "rig" + extension;
    importer_->SetIOHandler(new OneFile(name, bytes)); // taken over by the importer
    const aiScene* scene = importer_->ReadFile(name, aiProcess_Triangulate | aiProcess_SortByPType |
                                                         aiProcess_JoinIdenticalVertices |
                                                         aiProcess_ValidateDataStructure);
    if (scene == nullptr || scene->mRootNode == nullptr)
        return Error{ErrorCode::InvalidInput,
                     fmt::format("It cannot be read as {}: {}.", extension.substr(1),
                                 shownText(importer_->GetErrorString(), 200))};
    return scene;
}

} // namespace gesture::app

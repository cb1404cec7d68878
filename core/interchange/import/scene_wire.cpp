// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/import/scene_wire.h"

#include "core/base/utf8.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <fmt/format.h>
#include <string>
#include <type_traits>
#include <utility>

namespace gesture::interchange {

namespace {

static_assert(std::endian::native == std::endian::little);

constexpr std::uint64_t kMagic = 0x31454E4543534747; // "GGSCENE1"
constexpr std::size_t kMaxNameBytes = 256;
constexpr std::size_t kMaxMaterials = 10'000;
constexpr std::size_t kMaxMeshes = 10'000;
constexpr std::size_t kMaxMorphs = 10'000;

/// What one thing takes at least, so that a count can be held against the bytes that are left.
constexpr std::size_t kJointBytes = 4 + 4 + 3 * 4 + 4 * 4 + 4;
constexpr std::size_t kMaterialBytes = 4 + 6 * 4 + 4;
constexpr std::size_t kMeshBytes = 8 * 4;
constexpr std::size_t kMorphBytes = 4 * 4;

class Writer {
public:
    template <typename T>
    void value(T value) {
        static_assert(std::is_trivially_copyable_v<T>);
        const auto* const first = reinterpret_cast<const std::byte*>(&value);
        bytes_.insert(bytes_.end(), first, first + sizeof(T));
    }
    void count(std::size_t count) { value(static_cast<std::uint32_t>(count)); }

    void text(const std::string& text) {
        const std::string_view cut = std::string_view(text).substr(0, kMaxNameBytes);
        count(cut.size());
        raw(cut.data(), cut.size());
    }

    /// Numbers one after the other, with their count in front.
    template <typename T>
    void array(const std::vector<T>& values) {
        count(values.size());
        raw(values.data(), values.size() * sizeof(T));
    }

    [[nodiscard]] std::vector<std::byte> take() { return std::move(bytes_); }

private:
    void raw(const void* data, std::size_t size) {
        const auto* const first = static_cast<const std::byte*>(data);
        bytes_.insert(bytes_.end(), first, first + size);
    }

    std::vector<std::byte> bytes_;
};

void writeMesh(const SceneMesh& mesh, Writer& out) {
    out.text(mesh.name);
    out.array(mesh.positions);
    out.array(mesh.normals);
    out.array(mesh.uvs);
    out.array(mesh.triangles);
    out.array(mesh.triangleMaterials);
    std::vector<std::uint32_t> counts;
    std::vector<SceneMesh::Influence> influences;
    for (const auto& vertex : mesh.influences) {
        counts.push_back(static_cast<std::uint32_t>(vertex.size()));
        influences.insert(influences.end(), vertex.begin(), vertex.end());
    }
    out.array(counts);
    out.array(influences);
    out.count(mesh.morphs.size());
    for (const SceneMorph& morph : mesh.morphs) {
        out.text(morph.name);
        out.array(morph.vertices);
        out.array(morph.offsets);
        out.array(morph.normals);
    }
}

/// Reads what the writer wrote. After the first failure everything is empty and `failed`.
class Reader {
public:
    explicit Reader(std::span<const std::byte> bytes)
        : bytes_(bytes) {}

    [[nodiscard]] bool failed() const { return failed_; }
    [[nodiscard]] bool atEnd() const { return bytes_.empty(); }

    template <typename T>
    T value() {
        T result{};
        raw(&result, sizeof(T));
        return result;
    }

    /// A count of things that take at least `bytesEach`.
    std::size_t count(std::size_t bytesEach, std::size_t most) {
        const auto count = value<std::uint32_t>();
        if (count > most || count > bytes_.size() / bytesEach) failed_ = true;
        return failed_ ? 0 : count;
    }

    std::string text() {
        std::string result(count(1, kMaxNameBytes), '\0');
        raw(result.data(), result.size());
        return shownText(result, kMaxNameBytes);
    }

    template <typename T>
    std::vector<T> array(std::size_t most) {
        std::vector<T> result(count(sizeof(T), most));
        raw(result.data(), result.size() * sizeof(T));
        return result;
    }

private:
    void raw(void* data, std::size_t size) {
        if (failed_ || size > bytes_.size()) {
            failed_ = true;
            return;
        }
        if (size > 0) std::memcpy(data, bytes_.data(), size);
        bytes_ = bytes_.subspan(size);
    }

    std::span<const std::byte> bytes_;
    bool failed_ = false;
};

void readInfluences(Reader& in, SceneMesh& mesh) {
    constexpr std::size_t kMostInfluences = 16 * kMaxSceneVertices;
    const auto counts = in.array<std::uint32_t>(kMaxSceneVertices);
    const auto all = in.array<SceneMesh::Influence>(kMostInfluences);
    mesh.influences.reserve(counts.size());
    std::size_t first = 0;
    for (const std::uint32_t count : counts) {
        const std::size_t length = std::min<std::size_t>(count, all.size() - first);
        const auto begin = all.begin() + static_cast<std::ptrdiff_t>(first);
        mesh.influences.emplace_back(begin, begin + static_cast<std::ptrdiff_t>(length));
        first += length;
    }
}

SceneMesh readMesh(Reader& in) {
    SceneMesh mesh;
    mesh.name = in.text();
    mesh.positions = in.array<Eigen::Vector3f>(kMaxSceneVertices);
    mesh.normals = in.array<Eigen::Vector3f>(kMaxSceneVertices);
    mesh.uvs = in.array<Eigen::Vector2f>(kMaxSceneVertices);
    mesh.triangles = in.array<std::array<std::uint32_t, 3>>(2 * kMaxSceneVertices);
    mesh.triangleMaterials = in.array<std::uint32_t>(2 * kMaxSceneVertices);
    readInfluences(in, mesh);
    const std::size_t morphs = in.count(kMorphBytes, kMaxMorphs);
    for (std::size_t i = 0; i < morphs && !in.failed(); ++i) {
        SceneMorph morph;
        morph.name = in.text();
        morph.vertices = in.array<std::uint32_t>(kMaxSceneVertices);
        morph.offsets = in.array<Eigen::Vector3f>(kMaxSceneVertices);
        morph.normals = in.array<Eigen::Vector3f>(kMaxSceneVertices);
        mesh.morphs.push_back(std::move(morph));
    }
    return mesh;
}

SceneJoint readJoint(Reader& in) {
    SceneJoint joint;
    joint.name = in.text();
    joint.parent = in.value<std::int32_t>();
    for (int axis = 0; axis < 3; ++axis)
        joint.restTranslation[axis] = in.value<float>();
    for (int i = 0; i < 4; ++i)
        joint.restRotation.coeffs()[i] = in.value<float>();
    joint.restScale = in.value<float>();
    return joint;
}

SceneMaterial readMaterial(Reader& in) {
    SceneMaterial material;
    material.name = in.text();
    for (float& channel : material.baseColour)
        channel = in.value<float>();
    material.roughness = in.value<float>();
    material.metallic = in.value<float>();
    material.baseColourPng = in.array<std::uint8_t>(std::size_t{1} << 30);
    return material;
}

bool isFinite(const SceneMaterial& material) {
    return std::isfinite(material.roughness) && std::isfinite(material.metallic) &&
           std::all_of(material.baseColour.begin(), material.baseColour.end(),
                       [](float channel) { return std::isfinite(channel); });
}

void readScene(Reader& in, Scene& scene) {
    scene.name = in.text();
    const std::size_t joints = in.count(kJointBytes, kMaxSceneJoints);
    for (std::size_t i = 0; i < joints && !in.failed(); ++i)
        scene.joints.push_back(readJoint(in));
    const std::size_t materials = in.count(kMaterialBytes, kMaxMaterials);
    for (std::size_t i = 0; i < materials && !in.failed(); ++i)
        scene.materials.push_back(readMaterial(in));
    const std::size_t meshes = in.count(kMeshBytes, kMaxMeshes);
    for (std::size_t i = 0; i < meshes && !in.failed(); ++i)
        scene.meshes.push_back(readMesh(in));
}

} // namespace

std::vector<std::byte> encodeScene(const Scene& scene) {
    Writer out;
    out.value(kMagic);
    out.text(scene.name);
    out.count(scene.joints.size());
    for (const SceneJoint& joint : scene.joints) {
        out.text(joint.name);
        out.value(static_cast<std::int32_t>(joint.parent));
        for (int axis = 0; axis < 3; ++axis)
            out.value(joint.restTranslation[axis]);
        for (int i = 0; i < 4; ++i)
            out.value(joint.restRotation.coeffs()[i]);
        out.value(joint.restScale);
    }
    out.count(scene.materials.size());
    for (const SceneMaterial& material : scene.materials) {
        out.text(material.name);
        out.value(material.baseColour);
        out.value(material.roughness);
        out.value(material.metallic);
        out.array(material.baseColourPng);
    }
    out.count(scene.meshes.size());
    for (const SceneMesh& mesh : scene.meshes)
        writeMesh(mesh, out);
    return out.take();
}

Result<Scene> decodeScene(std::span<const std::byte> bytes) {
    Reader in(bytes);
    Scene scene;
    const bool ours = in.value<std::uint64_t>() == kMagic;
    if (ours) readScene(in, scene);
    if (!ours || in.failed() || !in.atEnd())
        return Error{ErrorCode::InvalidInput, "The character that was read is damaged or larger "
                                              "than this program accepts."};
    for (const SceneMaterial& material : scene.materials)
        if (!isFinite(material))
            return Error{
                ErrorCode::InvalidInput,
                fmt::format("Material '{}' has numbers that are not finite.", material.name)};
    if (Status fits = checkScene(scene); !fits) return std::move(fits).error();
    return scene;
}

} // namespace gesture::interchange

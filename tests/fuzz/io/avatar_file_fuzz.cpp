// SPDX-License-Identifier: Apache-2.0
#include "core/io/avatar_file.h"
#include "core/motion/skeleton.h"
#include "tests/fuzz/io/fuzzed_archive.h"
#include "tests/fuzz/memory_file.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

namespace {

using gesture::fuzz::rampArray;
using gesture::io::NpyArray;

NpyArray tree() {
    const auto parents = gesture::motion::jointParents();
    std::vector<std::int64_t> table(parents.begin(), parents.end());
    table.resize(2 * table.size());
    return NpyArray::from<std::int64_t>(table, {2, parents.size()});
}

NpyArray weights() {
    std::vector<float> values(4 * 55);
    for (std::size_t vertex = 0; vertex < 4; ++vertex)
        values[55 * vertex] = 1.0F;
    return NpyArray::from<float>(values, {4, 55});
}

const gesture::fuzz::Arrays& goodAvatar() {
    static const std::vector<std::int32_t> kFaces{0, 1, 2, 2, 1, 3};
    static const std::vector<std::int32_t> kIndex{196};
    static const std::vector<std::uint8_t> kParts{0, 1};
    static const std::vector<std::string> kNames{"one", "two"};
    static const gesture::fuzz::Arrays arrays{
        {"v_template", rampArray({4, 3})},
        {"f", NpyArray::from<std::int32_t>(kFaces, {2, 3})},
        {"weights", weights()},
        {"J_regressor", rampArray({55, 4})},
        {"kintree_table", tree()},
        {"shapedirs", rampArray({4, 3, 4})},
        {"num_betas", NpyArray::scalar<std::int32_t>(2)},
        {"num_expressions", NpyArray::scalar<std::int32_t>(2)},
        {"posedirs", rampArray({4, 3, 1})},
        {"posedirs_index", NpyArray::from<std::int32_t>(kIndex, {1})},
        {"hands_meanl", rampArray({45})},
        {"hands_meanr", rampArray({45})},
        {"vt", rampArray({4, 2})},
        {"ft", NpyArray::from<std::int32_t>(kFaces, {2, 3})},
        {"part_id", NpyArray::from<std::uint8_t>(kParts, {2})},
        {"part_names", NpyArray::fromStrings(kNames)},
        {"part_rgb", NpyArray::from<std::uint8_t>(std::vector<std::uint8_t>(6), {2, 3})},
        {"skin_tint", NpyArray::from<std::uint8_t>(std::vector<std::uint8_t>(16), {4, 4})},
        {"shape_names", NpyArray::fromStrings(kNames)},
        {"expr_names", NpyArray::fromStrings(kNames)},
        {"expression_space", NpyArray::fromString("arkit52")},
        {"licence", NpyArray::fromString("CC0 1.0")}};
    return arrays;
}

} // namespace

/// An input that changes nothing must be accepted, or the target would only test refusals.
extern "C" int LLVMFuzzerInitialize(int*, char***) {
    const gesture::fuzz::MemoryFile file(gesture::fuzz::fuzzedArchive(nullptr, 0, goodAvatar()));
    const auto read = gesture::io::readAvatarFile(file.path());
    if (read.ok()) return 0;
    std::fprintf(stderr, "%s\n", read.error().message().c_str());
    std::abort();
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const gesture::fuzz::MemoryFile file(gesture::fuzz::fuzzedArchive(data, size, goodAvatar()));
    const auto avatar = gesture::io::readAvatarFile(file.path());
    if (!avatar) return avatar.error().message().empty() ? (std::abort(), 0) : 0;
    const auto vertices = static_cast<std::uint32_t>(avatar->body->vertexCount());
    for (const auto& face : avatar->body->data().faces)
        for (const std::uint32_t index : face)
            if (index >= vertices) std::abort();
    // A body that was accepted can be posed.
    const std::array<float, gesture::motion::kPoseSize> pose{};
    const std::array<float, 3> origin{};
    gesture::motion::PosedBody posed;
    avatar->body->shaped({})->pose({pose, origin, {}}, posed);
    return 0;
}

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/core/io/raw_zip.h"
#include "tests/core/io/weights/pickle_assembler.h"

#include <string>
#include <string_view>
#include <vector>

namespace gesture::test {

/// A file that must be refused.
struct HostileFile {
    std::string name; ///< File name; ".safetensors" goes to that reader.
    ByteVector bytes;
    std::string reason; ///< What the message must say; empty: any reason.
};

using HostileFiles = std::vector<HostileFile>;

/// A torch.save file of this pickle, with storage "0" of 6 float32 numbers.
[[nodiscard]] ByteVector torchZip(const ByteVector& pickle);
/// The same in the older container.
[[nodiscard]] ByteVector torchLegacy(const ByteVector& pickle);

/// What a tensor's description may say, honest unless changed: 2 x 3 numbers in storage "0".
struct TensorText {
    std::string storageClass = "FloatStorage";
    std::int64_t count = 6;
    std::int64_t offset = 0;
    std::vector<std::int64_t> size = {2, 3};
    std::vector<std::int64_t> stride = {3, 1};
};
/// A pickle of {"w": tensor}.
[[nodiscard]] PickleAssembler tensorPickle(const TensorText& text = {});
void appendTensor(PickleAssembler& pickle, const TensorText& text);

/// Names of dangerous globals in every way in which a pickle can ask for them.
[[nodiscard]] HostileFiles forbiddenGlobals();
/// Instructions, nesting, counts and memo entries that go too far.
[[nodiscard]] HostileFiles hostilePickles();
/// Tensors that do not fit their storages.
[[nodiscard]] HostileFiles hostileTensors();
/// Containers that lie.
[[nodiscard]] HostileFiles hostileContainers();
[[nodiscard]] HostileFiles hostileSafetensors();
/// Every golden file, cut at the boundaries of its parts.
[[nodiscard]] HostileFiles truncatedFiles();

} // namespace gesture::test

// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/io/fuzzed_archive.h"

#include "tests/core/io/raw_zip.h"

#include <fmt/format.h>
#include <fuzzer/FuzzedDataProvider.h>

#include <array>
#include <span>

namespace gesture::fuzz {

namespace {

using Bytes = std::vector<std::byte>;

enum class Change : std::uint8_t { Keep, Drop, Bytes, Reshape, Replace, kMaxValue = Replace };

void changeBytes(FuzzedDataProvider& input, Bytes& npy) {
    const auto count = input.ConsumeIntegralInRange<int>(1, 8);
    for (int i = 0; i < count && !npy.empty(); ++i)
        npy[input.ConsumeIntegralInRange<std::size_t>(0, npy.size() - 1)] =
            static_cast<std::byte>(input.ConsumeIntegral<std::uint8_t>());
}

/// A header of the fuzzer's choice, and exactly the bytes that it asks for if these are few.
Bytes reshaped(FuzzedDataProvider& input) {
    constexpr std::array<const char*, 8> kTypes{"<f4", ">f8", "<f2", "<i8",
                                                "<u4", "|u1", "<U2", "|O"};
    constexpr std::array<std::size_t, 8> kSizes{4, 8, 2, 8, 4, 1, 8, 0};
    constexpr std::size_t kMostBytes = 1 << 16;
    const auto type = input.ConsumeIntegralInRange<std::size_t>(0, kTypes.size() - 1);
    std::string shape;
    std::size_t bytes = kSizes[type];
    for (int i = input.ConsumeIntegralInRange<int>(0, 3); i > 0; --i) {
        const auto size = input.ConsumeIntegralInRange<std::size_t>(0, 600);
        shape += fmt::format("{}, ", size);
        bytes = std::min(bytes * size, kMostBytes);
    }
    if (shape.size() > 0 && shape.find(',') == shape.size() - 2) shape.pop_back();
    const std::string header =
        fmt::format("{{'descr': '{}', 'fortran_order': {}, 'shape': ({}), }}\n", kTypes[type],
                    input.ConsumeBool() ? "True" : "False", shape);
    std::string npy("\x93NUMPY\x01\x00", 8);
    npy += static_cast<char>(header.size());
    npy += static_cast<char>(header.size() >> 8);
    Bytes result = test::bytesOf(npy + header);
    result.resize(result.size() + bytes);
    if (input.ConsumeBool()) changeBytes(input, result);
    return result;
}

} // namespace

std::vector<std::byte> fuzzedArchive(const std::uint8_t* data, std::size_t size,
                                     const Arrays& good) {
    if (size > 0 && data[0] == 'P') {
        const auto bytes = std::as_bytes(std::span(data, size));
        return {bytes.begin(), bytes.end()};
    }
    FuzzedDataProvider input(data, size);
    std::vector<test::RawMember> members;
    for (const auto& [name, array] : good) {
        Bytes npy = io::serializeNpy(array);
        const auto change = input.ConsumeEnum<Change>();
        if (change == Change::Drop) continue;
        if (change == Change::Bytes) changeBytes(input, npy);
        if (change == Change::Reshape) npy = reshaped(input);
        if (change == Change::Replace) npy = test::bytesOf(input.ConsumeRandomLengthString(300));
        test::RawMember member = test::storedMember(name + ".npy", "");
        member.crc = test::checksum(npy);
        member.size = npy.size();
        member.data = std::move(npy);
        members.push_back(std::move(member));
    }
    return test::rawZip(members);
}

io::NpyArray rampArray(std::vector<std::size_t> shape) {
    std::size_t count = 1;
    for (const std::size_t size : shape)
        count *= size;
    std::vector<float> values(count);
    for (std::size_t i = 0; i < count; ++i)
        values[i] = static_cast<float>(i % 101) / 64.0F;
    return io::NpyArray::from<float>(values, std::move(shape));
}

} // namespace gesture::fuzz

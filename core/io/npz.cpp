// SPDX-License-Identifier: Apache-2.0
#include "core/io/npz.h"

#include "core/io/npy_codec.h"
#include "core/io/npy_header.h"
#include "core/io/zip_reader.h"
#include "core/io/zip_writer.h"

#include <algorithm>
#include <fmt/format.h>
#include <new>
#include <stdexcept>

namespace gesture::io {

namespace {

constexpr std::string_view kSuffix = ".npy";

/// Arrays that are mostly zeros deflate up to 1000:1 and are honest all the same: the J_regressor
/// of an avatar does 912:1, the motion of a figure at rest likewise. So the first 64 MiB of an
/// archive are free of the ratio; what is read is still one array at a time, and only if its npy
/// header asks for exactly the size that the archive declares. Past that, 100:1 for the archive.
constexpr std::uint64_t kRatioAllowance = 64ULL << 20;

struct Member {
    const ZipEntry* zip = nullptr;
    NpyHeader header;
};

Result<NpyHeader> readHeader(ZipStream& stream) {
    if (stream.remaining() < kNpyPrefixBytes)
        return Error{ErrorCode::InvalidInput, "It is too short for a .npy file."};
    std::vector<std::byte> bytes(kNpyPrefixBytes);
    if (auto got = stream.read(bytes); !got) return std::move(got).error();
    auto length = npyHeaderBytes(bytes);
    if (!length) return std::move(length).error();
    if (*length - bytes.size() > stream.remaining())
        return Error{ErrorCode::InvalidInput, "It ends within its npy header."};
    bytes.resize(*length);
    if (auto got = stream.read(std::span(bytes).subspan(kNpyPrefixBytes)); !got)
        return std::move(got).error();
    return parseNpyHeader(bytes);
}

Result<NpyHeader> checkedHeader(const ZipReader& zip, const ZipEntry& entry) {
    auto stream = zip.stream(entry);
    if (!stream) return std::move(stream).error();
    auto header = readHeader(*stream);
    if (!header) return std::move(header).error();
    const std::uint64_t payload = entry.size - header->headerBytes;
    if (header->element && header->payloadBytes != payload)
        return Error{ErrorCode::InvalidInput,
                     fmt::format("Its shape {} takes {} bytes, but it holds {}. Copy the file "
                                 "again.",
                                 describeShape(header->shape), header->payloadBytes, payload)};
    return header;
}

} // namespace

struct NpzReader::Impl {
    std::string file;
    ZipReader zip;
    std::vector<Member> members;
    std::vector<Entry> entries;

    [[nodiscard]] std::string nameList() const {
        std::string list;
        for (const Entry& entry : entries)
            list += (list.empty() ? "" : ", ") + entry.name;
        return list.empty() ? "no arrays" : list;
    }

    [[nodiscard]] Result<NpyArray> read(const Member& member) const {
        if (!member.header.element) return NpyCodec::unsupported(member.header);
        if (member.header.payloadBytes > kMaxArrayBytes)
            return Error{ErrorCode::LimitExceeded, "It is larger than 4 GiB."};
        auto stream = zip.stream(*member.zip);
        if (!stream) return std::move(stream).error();
        std::vector<std::byte> header(member.header.headerBytes);
        if (auto got = stream->read(header); !got) return std::move(got).error();
        std::vector<std::byte> payload(member.header.payloadBytes);
        if (auto got = stream->read(payload); !got) return std::move(got).error();
        return NpyCodec::decode(member.header, std::move(payload));
    }
};

NpzReader::NpzReader(std::unique_ptr<Impl> impl)
    : impl_(std::move(impl)) {}
NpzReader::NpzReader(NpzReader&&) noexcept = default;
NpzReader& NpzReader::operator=(NpzReader&&) noexcept = default;
NpzReader::~NpzReader() = default;

Result<NpzReader> NpzReader::open(const std::filesystem::path& path) {
    ZipLimits limits;
    limits.allowance = kRatioAllowance;
    auto zip = ZipReader::open(path, limits);
    if (!zip) return std::move(zip).error();
    auto impl = std::make_unique<Impl>(Impl{"'" + path.string() + "'", std::move(*zip), {}, {}});
    for (const ZipEntry& entry : impl->zip.entries()) {
        if (!entry.name.ends_with(kSuffix)) continue;
        const std::string name = entry.name.substr(0, entry.name.size() - kSuffix.size());
        auto header = checkedHeader(impl->zip, entry);
        if (!header)
            return std::move(header).error().withContext("Cannot read array '" + name + "' of " +
                                                         impl->file);
        impl->entries.push_back({name, header->shape, header->dtype, header->isObject()});
        impl->members.push_back({&entry, std::move(*header)});
    }
    return NpzReader(std::move(impl));
}

const std::vector<NpzReader::Entry>& NpzReader::entries() const { return impl_->entries; }

const NpzReader::Entry* NpzReader::find(std::string_view name) const {
    const auto found = std::find_if(impl_->entries.begin(), impl_->entries.end(),
                                    [&](const Entry& entry) { return entry.name == name; });
    return found == impl_->entries.end() ? nullptr : &*found;
}

Result<NpyArray> NpzReader::read(std::string_view name) const {
    const Entry* entry = find(name);
    if (entry == nullptr)
        return Error{ErrorCode::NotFound, fmt::format("{} has no array '{}'; it holds: {}.",
                                                      impl_->file, name, impl_->nameList())};
    const auto context = fmt::format("Cannot read array '{}' of {}", name, impl_->file);
    try {
        auto array =
            impl_->read(impl_->members[static_cast<std::size_t>(entry - impl_->entries.data())]);
        if (!array) return std::move(array).error().withContext(context);
        return array;
    } catch (const std::bad_alloc&) {
        return Error{ErrorCode::OutOfMemory, context + ": There is not enough memory for it."};
    }
}

Status writeNpz(const std::filesystem::path& path,
                const std::vector<std::pair<std::string, NpyArray>>& arrays,
                NpzCompression compression) {
    const ZipMethod method =
        compression == NpzCompression::Stored ? ZipMethod::Stored : ZipMethod::Deflated;
    auto writer = ZipWriter::create(path);
    if (!writer) return std::move(writer).error();
    for (const auto& [name, array] : arrays) {
        const auto header = serializeNpyHeader(array);
        if (auto added = writer->add(name + std::string(kSuffix), {header, array.bytes()}, method);
            !added)
            return added;
    }
    return writer->commit();
}

} // namespace gesture::io

// SPDX-License-Identifier: Apache-2.0
#include "tests/training/stages/synthetic_store.h"

#include "core/base/fast_hash.h"
#include "core/base/sha256.h"
#include "tests/core/models/filled_source.h"
#include "training/data/store_format.h"

#include <gtest/gtest.h>

#include <cstring>
#include <fstream>
#include <map>

namespace gesture::test {

using namespace training;

namespace {

std::vector<StoreStream> streamsFor(const models::GeneratorSizes& sizes) {
    const std::map<std::string_view, std::int64_t> widths{{"speech", sizes.speech},
                                                          {"speech_low", sizes.projected},
                                                          {"sentence", sizes.sentence},
                                                          {"mel", 80}};
    std::vector<StoreStream> streams;
    for (const StreamKind& kind : streamKinds()) {
        const auto given = widths.find(kind.name);
        const std::int64_t width = given != widths.end() ? given->second : kind.width;
        if (width > 0) streams.push_back({std::string(kind.name), width});
    }
    return streams;
}

/// Labels that a stream holds: whole numbers below this; 0: any numbers.
std::int64_t classesOf(std::string_view stream, const models::GeneratorSizes& sizes) {
    if (stream == "speaker") return sizes.speakers;
    if (stream == "words") return sizes.words;
    if (stream == "phone") return 5;
    if (stream == "lexicon") return 4;
    return stream == "stress" || stream == "apex" || stream == "stroke" || stream == "score" ? 2
                                                                                             : 0;
}

std::vector<float> valuesOf(const StoreStream& stream, std::int64_t rows, const std::string& clip,
                            const models::GeneratorSizes& sizes) {
    const at::Tensor drawn = namedUniform(clip + ":" + stream.name, {rows, stream.width});
    const float* data = drawn.data_ptr<float>();
    std::vector<float> values(data, data + drawn.numel());
    const std::int64_t classes = classesOf(stream.name, sizes);
    const bool counted = stream.name == "beat" || stream.name == "mel";
    for (std::size_t i = 0; i < values.size(); ++i) {
        const std::size_t column = i % static_cast<std::size_t>(stream.width);
        const std::size_t row = i / static_cast<std::size_t>(stream.width);
        if (classes > 0)
            values[i] = static_cast<float>(static_cast<std::int64_t>(
                (values[i] + 1.0F) / 2.0F * static_cast<float>(classes) * 0.999F));
        if (counted && column == 0) values[i] = static_cast<float>(row);
        if (stream.name != "motion") continue;
        if (column < 330)
            values[i] = 0.3F * values[i] + (column % 6 == 0 || column % 6 == 4 ? 1.0F : 0.0F);
        else if (column >= 333)
            values[i] = values[i] > 0.0F ? 1.0F : 0.0F;
    }
    return values;
}

} // namespace

void writeSyntheticStore(const std::filesystem::path& folder,
                         const std::vector<SyntheticClip>& clips,
                         const models::GeneratorSizes& sizes) {
    StoreIndex index;
    index.windows = {sizes.window, 10};
    index.streams = streamsFor(sizes);
    std::vector<std::byte> file = storeHeader();
    for (const SyntheticClip& given : clips) {
        StoreClip clip;
        clip.id = given.id;
        clip.split = given.split;
        clip.source = sha256Of(given.id);
        clip.frames = 30 * given.seconds;
        clip.offset = file.size();
        const auto layout = recordLayout(index.streams, clip.frames, index.windows);
        ASSERT_TRUE(layout.has_value());
        std::vector<std::byte> record(layout->back());
        for (std::size_t i = 0; i < index.streams.size(); ++i) {
            const StoreStream& stream = index.streams[i];
            const auto rows = rowsOf(findStreamKind(stream.name)->rows, clip.frames, index.windows);
            const auto values = valuesOf(stream, rows, given.id, sizes);
            std::memcpy(record.data() + (*layout)[i], values.data(), values.size() * sizeof(float));
        }
        clip.bytes = record.size();
        clip.hash = fastHashOf(record);
        file.insert(file.end(), record.begin(), record.end());
        index.clips.push_back(clip);
    }
    index.key = sha256Of(folder.string());
    const std::uint64_t begin = file.size();
    const std::vector<std::byte> described = serializeIndex(index);
    const std::vector<std::byte> trailer = storeTrailer(begin, described);
    file.insert(file.end(), described.begin(), described.end());
    file.insert(file.end(), trailer.begin(), trailer.end());
    std::filesystem::create_directories(folder);
    std::ofstream(folder / kStoreFile, std::ios::binary)
        .write(reinterpret_cast<const char*>(file.data()),
               static_cast<std::streamsize>(file.size()));
}

} // namespace gesture::test

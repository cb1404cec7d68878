// SPDX-License-Identifier: Apache-2.0
#include "core/audio/waveform_cache.h"

#include "core/base/atomic_file.h"
#include "core/base/job.h"
#include "tests/core/audio/sound_files.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <fstream>

namespace gesture::audio {
namespace {

constexpr auto kSamples = static_cast<std::size_t>(WaveformCache::kLeastSamples);

WaveformPyramid someWaveform(std::size_t samples = kSamples) {
    WaveformBuilder builder(16000);
    std::vector<float> block(samples);
    for (std::size_t i = 0; i < block.size(); ++i)
        block[i] = static_cast<float>(i % 1000) / 1000.0F;
    builder.push(block);
    return builder.finish();
}

std::filesystem::path onlyFileIn(const std::filesystem::path& folder) {
    return std::filesystem::directory_iterator(folder)->path();
}

TEST(WaveformCache, KeepsAWaveform) {
    const test::TemporaryFolder folder;
    const WaveformCache cache(folder / "a/b");
    EXPECT_FALSE(cache.find("key").has_value());
    const WaveformPyramid pyramid = someWaveform();
    cache.store("key", pyramid);
    const auto found = cache.find("key");
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->sampleRate(), 16000);
    EXPECT_EQ(found->sampleCount(), pyramid.sampleCount());
    EXPECT_TRUE(std::equal(found->columns().begin(), found->columns().end(),
                           pyramid.columns().begin(), pyramid.columns().end()));
    EXPECT_FALSE(cache.find("other").has_value());
}

TEST(WaveformCache, ShortSoundsAreNotKept) {
    const test::TemporaryFolder folder;
    const WaveformCache cache(folder.path());
    cache.store("key", someWaveform(kSamples - 1));
    EXPECT_EQ(folder.entryCount(), 0);
}

TEST(WaveformCache, TheKeyFollowsTheContentNotTheName) {
    const test::TemporaryFolder folder;
    JobControl control;
    const auto keyOf = [&](const std::string& name, const std::string& content) {
        test::writeBytes(folder / name, content);
        return WaveformCache::keyOf(folder / name, control).value();
    };
    const std::string key = keyOf("a", "some sound");
    EXPECT_EQ(keyOf("b", "some sound"), key);
    EXPECT_NE(keyOf("a", "some sounD"), key);
    EXPECT_NE(keyOf("a", ""), key);
    EXPECT_EQ(WaveformCache::keyOf(folder / "missing", control).error().code(),
              ErrorCode::NotFound);
    std::stop_source stop;
    stop.request_stop();
    JobControl stopped(stop.get_token(), {});
    EXPECT_EQ(WaveformCache::keyOf(folder / "b", stopped).error().code(), ErrorCode::Cancelled);
}

TEST(WaveformCache, DamagedFilesAreNotTrusted) {
    const test::TemporaryFolder folder;
    const WaveformCache cache(folder.path());
    cache.store("key", someWaveform());
    const auto path = onlyFileIn(folder.path());
    const std::string good = readTextFile(path, std::size_t{1} << 24).value();
    const auto readsWith = [&](const std::string& content) {
        test::writeBytes(path, content);
        return cache.find("key").has_value();
    };
    ASSERT_TRUE(readsWith(good));
    for (std::size_t i = 0; i < 400; ++i) {
        std::string flipped = good;
        flipped[i] = static_cast<char>(flipped[i] ^ 0x40);
        EXPECT_FALSE(readsWith(flipped)) << "byte " << i;
        EXPECT_FALSE(readsWith(good.substr(0, i))) << "cut at " << i;
    }
    EXPECT_FALSE(readsWith(good.substr(0, good.size() - 1)));
    EXPECT_FALSE(readsWith(good + "x"));
    // Number of columns, the last field of the header.
    for (const std::uint64_t columns :
         {std::uint64_t{0}, ~std::uint64_t{0}, std::uint64_t{1} << 61}) {
        std::string lying = good;
        std::copy_n(reinterpret_cast<const char*>(&columns), 8, lying.begin() + 80);
        EXPECT_FALSE(readsWith(lying)) << columns;
    }
    cache.store("key", someWaveform());
    EXPECT_TRUE(cache.find("key").has_value());
    std::filesystem::copy_file(path, folder / "other.wave");
    EXPECT_FALSE(cache.find("other").has_value());
}

TEST(WaveformCache, AnUnusableFolderKeepsNothing) {
    const test::TemporaryFolder folder;
    test::writeBytes(folder / "file", "x");
    const WaveformCache cache(folder / "file/below");
    cache.store("key", someWaveform());
    EXPECT_FALSE(cache.find("key").has_value());
}

TEST(WaveformCache, TheFilesThatWereUsedLongestAgoGoFirst) {
    const test::TemporaryFolder folder;
    const WaveformCache cache(folder.path());
    const auto now = std::filesystem::file_time_type::clock::now();
    const auto occupy = [&](const std::string& name, std::uintmax_t bytes, int hoursAgo) {
        std::ofstream(folder / name).put('x');
        std::filesystem::resize_file(folder / name, bytes); // no space is taken
        std::filesystem::last_write_time(folder / name, now - std::chrono::hours(hoursAgo));
    };
    occupy("old.wave", WaveformCache::kMaxBytes / 2, 3);
    occupy("newer.wave", WaveformCache::kMaxBytes / 2, 2);
    occupy("other.txt", WaveformCache::kMaxBytes, 9);
    cache.store("key", someWaveform());
    EXPECT_FALSE(std::filesystem::exists(folder / "old.wave"));
    EXPECT_TRUE(std::filesystem::exists(folder / "newer.wave"));
    EXPECT_TRUE(std::filesystem::exists(folder / "other.txt"));
    EXPECT_TRUE(cache.find("key").has_value());
}

} // namespace
} // namespace gesture::audio

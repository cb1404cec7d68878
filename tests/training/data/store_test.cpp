// SPDX-License-Identifier: Apache-2.0
#include "training/data/store_writer.h"

#include "core/io/motion_file.h"
#include "tests/support/temporary_folder.h"
#include "tests/training/data/corpus_maker.h"
#include "training/data/partial_store.h"
#include "training/data/window_store.h"

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstring>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <stop_token>
#include <sys/resource.h>
#include <utility>

namespace gesture::training {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

/// An encoder that gives the frame's number in each channel.
class CountingStreams final : public SpeechStreams {
public:
    explicit CountingStreams(std::int64_t extraFrames = 1)
        : extraFrames_(extraFrames) {}

    [[nodiscard]] std::string key() const override { return "counting"; }
    [[nodiscard]] std::map<std::string, std::int64_t, std::less<>> widths() const override {
        return {{"speech", 2}, {"sentence", 512}};
    }
    [[nodiscard]] Result<StreamsByName> read(const HeardClip& clip,
                                             JobControl& /*control*/) const override {
        StreamValues speech{2, {}};
        for (std::int64_t frame = 0; frame < clip.frames + extraFrames_; ++frame)
            speech.values.insert(speech.values.end(), 2, static_cast<float>(frame));
        StreamValues sentence{512, {}};
        sentence.values.resize(static_cast<std::size_t>(clip.windows.countIn(clip.frames)) * 512,
                               1.0F);
        return StreamsByName{{"speech", std::move(speech)}, {"sentence", std::move(sentence)}};
    }

private:
    std::int64_t extraFrames_;
};

PrepareOptions optionsFor(const fs::path& corpus, unsigned threads = 2) {
    PrepareOptions options;
    options.corpus = corpus;
    options.threads = threads;
    return options;
}

/// A corpus of six clips, and a place for stores.
class StoreTest : public ::testing::Test {
protected:
    void SetUp() override { test::makeBeat2Corpus(corpus_); }

    [[nodiscard]] Result<PrepareReport> prepare(const std::string& name, unsigned threads = 2,
                                                const SpeechStreams* speech = nullptr) const {
        JobControl control;
        return prepareStore(optionsFor(corpus_, threads), folder_ / name, speech, control);
    }

    test::TemporaryFolder folder_;
    fs::path corpus_ = folder_ / "corpus";
};

TEST_F(StoreTest, HoldsWhatTheClipsAreMadeInto) {
    const auto report = prepare("store");
    ASSERT_TRUE(report.ok()) << report.error().message();
    EXPECT_EQ(report->clips, 6);
    EXPECT_EQ(report->made, 6);
    EXPECT_TRUE(report->bad.empty());
    const auto store = WindowStore::open(folder_ / "store", WindowStore::Verify::Yes);
    ASSERT_TRUE(store.ok()) << store.error().message();
    EXPECT_EQ(store->key(), report->key);
    ASSERT_EQ(store->clips().size(), 6U);
    EXPECT_EQ(store->clips()[2].id, "2_scott_0_3_3");
    EXPECT_EQ(store->clips()[2].split, "val");
    EXPECT_EQ(store->clips()[2].frames, 180);
    for (const char* name : {"motion", "expressions", "betas", "speaker", "beat", "words", "score",
                             "mel", "phone", "stress", "apex", "lexicon", "stroke"})
        EXPECT_TRUE(store->streams().contains(name)) << name;
    EXPECT_FALSE(store->streams().contains("speech"));
    EXPECT_TRUE(store->stream(0, "speech").values.empty());

    JobControl control;
    const auto plan = planStore(optionsFor(corpus_), nullptr, control);
    ASSERT_TRUE(plan.ok());
    for (std::size_t i = 0; i < 6; ++i) {
        const auto clip = makeClipStreams(plan->corpus.clips[i], plan->recipe, control);
        ASSERT_TRUE(clip.ok());
        for (const auto& [name, values] : clip->streams) {
            const StreamView view = store->stream(i, name);
            EXPECT_EQ(view.width, values.width) << name;
            EXPECT_TRUE(std::ranges::equal(view.values, values.values)) << name;
            EXPECT_EQ(reinterpret_cast<std::uintptr_t>(view.values.data()) % 64, 0U);
        }
    }
}

TEST_F(StoreTest, WindowsFollowTheReferencesRule) {
    ASSERT_TRUE(prepare("store").ok());
    const auto store = WindowStore::open(folder_ / "store");
    ASSERT_TRUE(store.ok());
    // Train clips of 150, 120, 210 and 120 frames: floor((n - 64) / 20) + 1 each.
    const auto windows = store->windows("train");
    ASSERT_EQ(windows.size(), 5U + 3U + 8U + 3U);
    EXPECT_EQ(windows[0].clip, 0);
    EXPECT_EQ(windows[4].frame, 80);
    EXPECT_EQ(windows[8].clip, 3);
    EXPECT_EQ(windows.back().clip, 5);
    EXPECT_EQ(windows.back().frame, 40);
    EXPECT_EQ(store->windows("val", 180, 20).size(), 1U);
    EXPECT_TRUE(store->windows("val", 181, 20).empty());
    EXPECT_TRUE(store->windows("nothing").empty());
}

TEST_F(StoreTest, VocabularyAndDescriptionLieBesideIt) {
    test::writeText(corpus_ / "textgrid/2_scott_0_5_5.TextGrid", "no grid");
    const auto report = prepare("store");
    ASSERT_TRUE(report.ok()) << report.error().message();
    EXPECT_EQ(report->clips, 5);
    ASSERT_EQ(report->bad.size(), 1U);
    EXPECT_EQ(report->bad[0].id, "2_scott_0_5_5");
    const auto vocabulary = io::readVocabularyJson(folder_ / "store/vocabulary.json");
    ASSERT_TRUE(vocabulary.ok());
    EXPECT_EQ(*vocabulary, (io::Vocabulary{{"big", 4}, {"hello", 5}}));
    const auto json = nlohmann::json::parse(test::contentOf(folder_ / "store/corpus.json"));
    EXPECT_EQ(json["leftOut"].size(), 1U);
    EXPECT_EQ(json["gestures"][0], "big");
    EXPECT_EQ(json["speakers"]["30"], 7);
    const auto again = prepare("store");
    ASSERT_TRUE(again.ok());
    EXPECT_EQ(again->made, 0);
    EXPECT_EQ(again->bad, report->bad);
}

TEST_F(StoreTest, SpeechShortensClipsAndSentencesFollow) {
    const CountingStreams shorter(-1);
    const auto report = prepare("store", 2, &shorter);
    ASSERT_TRUE(report.ok()) << report.error().message();
    const auto store = WindowStore::open(folder_ / "store");
    ASSERT_TRUE(store.ok());
    EXPECT_EQ(store->clips()[0].frames, 120);
    EXPECT_EQ(store->stream(0, "speech").rows(), 120);
    EXPECT_EQ(store->stream(0, "speech").values[239], 119.0F);
    EXPECT_EQ(store->stream(0, "sentence").rows(), 3);
    // A clip of four seconds has three left of them.
    EXPECT_EQ(store->clips().back().frames, 90);
}

TEST_F(StoreTest, ThreadsDoNotChangeABit) {
    ASSERT_TRUE(prepare("one", 1).ok());
    ASSERT_TRUE(prepare("three", 3).ok());
    EXPECT_EQ(test::contentOf(folder_ / "one/store.bin"),
              test::contentOf(folder_ / "three/store.bin"));
}

/// An encoder that asks for a stop when it is to hear its n-th clip, from 0.
class StoppingStreams final : public SpeechStreams {
public:
    StoppingStreams(std::stop_source stop, int clips)
        : stop_(std::move(stop))
        , left_(clips) {}

    [[nodiscard]] std::string key() const override { return hearing_.key(); }
    [[nodiscard]] std::map<std::string, std::int64_t, std::less<>> widths() const override {
        return hearing_.widths();
    }
    [[nodiscard]] Result<StreamsByName> read(const HeardClip& clip,
                                             JobControl& control) const override {
        if (left_-- == 0) stop_.request_stop();
        if (control.stopRequested()) return JobControl::cancelled("Listening");
        return hearing_.read(clip, control);
    }

private:
    CountingStreams hearing_;
    mutable std::stop_source stop_;
    mutable std::atomic<int> left_;
};

/// Prepares on one thread and stops at the clip of this number; why it ended.
ErrorCode prepareUntil(const PrepareOptions& options, const fs::path& folder, int clip) {
    std::stop_source stop;
    const StoppingStreams speech(stop, clip);
    JobControl control(stop.get_token(), {});
    const auto report = prepareStore(options, folder, &speech, control);
    return report ? ErrorCode::Internal : report.error().code();
}

TEST_F(StoreTest, BrokenOffAnywhereItGoesOnToTheSameBytes) {
    const CountingStreams speech;
    ASSERT_TRUE(prepare("whole", 2, &speech).ok());
    const std::string whole = test::contentOf(folder_ / "whole/store.bin");
    for (int clip = 0; clip < 6; ++clip) {
        const std::string name = "broken" + std::to_string(clip);
        ASSERT_EQ(prepareUntil(optionsFor(corpus_, 1), folder_ / name, clip), ErrorCode::Cancelled);
        EXPECT_FALSE(fs::exists(folder_ / name / "store.bin"));
        const auto report = prepare(name, 2, &speech);
        ASSERT_TRUE(report.ok()) << report.error().message();
        // The clip before the one that was stopped at may not have been written yet.
        EXPECT_GE(report->made, 6 - clip);
        EXPECT_LE(report->made, 6 - clip + 2);
        EXPECT_EQ(test::contentOf(folder_ / name / "store.bin"), whole);
        EXPECT_FALSE(fs::exists(folder_ / name / "store.partial"));
        EXPECT_FALSE(fs::exists(folder_ / name / "store.journal"));
    }
}

TEST_F(StoreTest, WhatAKillLeftIsHeldAgainstItsChecksums) {
    const CountingStreams speech;
    ASSERT_TRUE(prepare("whole", 2, &speech).ok());
    const std::string whole = test::contentOf(folder_ / "whole/store.bin");
    ASSERT_EQ(prepareUntil(optionsFor(corpus_, 1), folder_ / "broken", 4), ErrorCode::Cancelled);
    const std::string data = test::contentOf(folder_ / "broken/store.partial");
    const std::string journal = test::contentOf(folder_ / "broken/store.journal");
    ASSERT_FALSE(journal.empty());
    const auto continueWith = [&](const std::string& newData, const std::string& newJournal) {
        const test::TemporaryFolder again;
        test::writeText(again / "store.partial", newData);
        test::writeText(again / "store.journal", newJournal);
        JobControl control;
        const auto report = prepareStore(optionsFor(corpus_), again.path(), &speech, control);
        ASSERT_TRUE(report.ok()) << report.error().message();
        EXPECT_EQ(test::contentOf(again / "store.bin"), whole);
    };
    continueWith(data.substr(0, data.size() / 2), journal);
    continueWith(data + "half a record", journal + "half an entry");
    continueWith(data, journal.substr(0, journal.size() - 5));
    std::string flipped = data;
    flipped[data.size() / 2] = static_cast<char>(flipped[data.size() / 2] ^ 1);
    continueWith(flipped, journal);
    continueWith("", journal);
}

TEST_F(StoreTest, AChangedClipIsMadeAgainAndTheOthersAreTaken) {
    ASSERT_TRUE(prepare("store").ok());
    const std::string before = test::contentOf(folder_ / "store/store.bin");
    ASSERT_TRUE(
        io::writeMotionFile(corpus_ / "smplxflame_30/2_scott_0_3_3.npz", test::calmClip(195, 99))
            .ok());
    const auto report = prepare("store");
    ASSERT_TRUE(report.ok()) << report.error().message();
    EXPECT_EQ(report->made, 1);
    EXPECT_NE(test::contentOf(folder_ / "store/store.bin"), before);
    ASSERT_TRUE(prepare("fresh").ok());
    EXPECT_EQ(test::contentOf(folder_ / "store/store.bin"),
              test::contentOf(folder_ / "fresh/store.bin"));
}

TEST_F(StoreTest, BadClipsAreSentencesAndTheRestGoesOn) {
    test::writeText(corpus_ / "smplxflame_30/2_scott_0_1_1.npz", "no zip");
    test::writeText(corpus_ / "wave16k/2_scott_0_2_2.wav", "no sound");
    fs::remove(corpus_ / "sem/2_scott_0_3_3.txt");
    const auto report = prepare("store");
    ASSERT_TRUE(report.ok()) << report.error().message();
    EXPECT_EQ(report->clips, 3);
    ASSERT_EQ(report->bad.size(), 3U);
    EXPECT_THAT(report->bad[0].reason, HasSubstr("2_scott_0_1_1.npz"));
    EXPECT_THAT(report->bad[1].reason, HasSubstr("2_scott_0_2_2.wav"));
    EXPECT_THAT(report->bad[2].reason, HasSubstr("semantic labels"));
    for (const auto& entry : fs::directory_iterator(corpus_ / "smplxflame_30"))
        test::writeText(entry.path(), "no zip");
    const auto none = prepare("none");
    ASSERT_FALSE(none.ok());
    EXPECT_THAT(none.error().message(), HasSubstr("No clip"));
    EXPECT_FALSE(fs::exists(folder_ / "none/store.bin"));
}

TEST_F(StoreTest, StreamsThatNobodyCanMakeAreRefused) {
    PrepareOptions options = optionsFor(corpus_);
    JobControl control;
    options.streams = {"motion", "speech"};
    const auto deaf = prepareStore(options, folder_ / "store", nullptr, control);
    ASSERT_FALSE(deaf.ok());
    EXPECT_THAT(deaf.error().message(), HasSubstr("speech_encoder"));
    options.streams = {"smell"};
    EXPECT_FALSE(prepareStore(options, folder_ / "store", nullptr, control).ok());
    options.streams = {"mel", "motion"};
    const auto two = prepareStore(options, folder_ / "store", nullptr, control);
    ASSERT_TRUE(two.ok());
    EXPECT_EQ(two->streams, (std::vector<StoreStream>{{"motion", 337}, {"mel", 80}}));
}

TEST_F(StoreTest, ASecondWriterIsTurnedAway) {
    JobControl control;
    const auto first = PartialStore::open(folder_ / "store", control);
    ASSERT_TRUE(first.ok());
    const auto second = prepare("store");
    ASSERT_FALSE(second.ok());
    EXPECT_EQ(second.error().code(), ErrorCode::Unavailable);
}

/// Lets files grow to so many bytes only, as a full disk would.
class SmallDisk {
public:
    explicit SmallDisk(rlim_t bytes) {
        handler_ = std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit limit{bytes, before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    ~SmallDisk() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, handler_);
    }

private:
    rlimit before_{};
    void (*handler_)(int) = nullptr;
};

TEST_F(StoreTest, AFullDiskIsOneSentenceAndNothingHalf) {
    ASSERT_TRUE(prepare("whole").ok());
    const std::string whole = test::contentOf(folder_ / "whole/store.bin");
    for (const std::size_t share : {0U, 1U, 2U, 3U}) {
        const std::string name = "full" + std::to_string(share);
        {
            const SmallDisk disk(200 + share * (whole.size() - 300) / 3);
            const auto report = prepare(name);
            ASSERT_FALSE(report.ok());
            EXPECT_EQ(report.error().code(), ErrorCode::Io);
            EXPECT_THAT(report.error().message(), HasSubstr("Cannot write"));
        }
        EXPECT_FALSE(fs::exists(folder_ / name / "store.bin"));
        const auto report = prepare(name);
        ASSERT_TRUE(report.ok()) << report.error().message();
        EXPECT_EQ(test::contentOf(folder_ / name / "store.bin"), whole);
    }
}

std::span<const std::byte> bytesOf(const std::string& text) {
    return std::as_bytes(std::span(text));
}

TEST_F(StoreTest, DamageOfTheIndexIsNoticedByteByByte) {
    ASSERT_TRUE(prepare("store").ok());
    const std::string whole = test::contentOf(folder_ / "store/store.bin");
    ASSERT_TRUE(parseStore(bytesOf(whole), "it").ok());
    std::uint64_t index = 0;
    std::memcpy(&index, whole.data() + whole.size() - 48, sizeof(index));
    for (std::size_t at = index; at < whole.size() - 16; ++at) {
        if (at >= whole.size() - 64 + 12 && at < whole.size() - 64 + 16) continue; // not used
        std::string flipped = whole;
        flipped[at] = static_cast<char>(flipped[at] ^ 0x40);
        EXPECT_FALSE(parseStore(bytesOf(flipped), "it").ok()) << at;
    }
    for (std::size_t size = 0; size < whole.size(); size += 1 + size / 3)
        EXPECT_FALSE(parseStore(bytesOf(whole).first(size), "it").ok()) << size;
}

TEST_F(StoreTest, DamageOfARecordIsNoticedWhenAskedFor) {
    ASSERT_TRUE(prepare("store").ok());
    const fs::path path = folder_ / "store/store.bin";
    std::string content = test::contentOf(path);
    content[5000] = static_cast<char>(content[5000] ^ 1);
    test::writeText(path, content);
    EXPECT_TRUE(WindowStore::open(folder_ / "store").ok());
    const auto store = WindowStore::open(folder_ / "store", WindowStore::Verify::Yes);
    ASSERT_FALSE(store.ok());
    EXPECT_THAT(store.error().message(), HasSubstr("2_scott_0_1_1"));
}

/// An index with one clip, whose numbers can be wrong while its checksums are right.
std::string forged(const StoreIndex& index, std::size_t recordBytes) {
    std::vector<std::byte> bytes = storeHeader();
    bytes.resize(bytes.size() + recordBytes);
    const std::vector<std::byte> text = serializeIndex(index);
    const std::vector<std::byte> trailer = storeTrailer(bytes.size(), text);
    bytes.insert(bytes.end(), text.begin(), text.end());
    bytes.insert(bytes.end(), trailer.begin(), trailer.end());
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

TEST(StoreFormat, ForgedNumbersAreRefused) {
    StoreIndex good;
    good.streams = {{"words", 1}};
    good.clips = {{"a", "train", "s", 64, 64, 256, 0}};
    ASSERT_TRUE(parseStore(bytesOf(forged(good, 256)), "it").ok());
    const auto refused = [&](auto change) {
        StoreIndex bad = good;
        change(bad);
        return !parseStore(bytesOf(forged(bad, 256)), "it").ok();
    };
    EXPECT_TRUE(refused([](StoreIndex& i) { i.clips[0].frames = 65; }));
    EXPECT_TRUE(refused([](StoreIndex& i) { i.clips[0].frames = -1; }));
    EXPECT_TRUE(refused([](StoreIndex& i) { i.clips[0].frames = std::int64_t{1} << 62; }));
    EXPECT_TRUE(refused([](StoreIndex& i) { i.clips[0].offset = 0; }));
    EXPECT_TRUE(refused([](StoreIndex& i) { i.clips[0].bytes = ~std::uint64_t{0}; }));
    EXPECT_TRUE(refused([](StoreIndex& i) { i.clips.push_back(i.clips[0]); }));
    EXPECT_TRUE(refused([](StoreIndex& i) { i.clips.clear(); }));
    EXPECT_TRUE(refused([](StoreIndex& i) { i.streams[0].width = 2; }));
    EXPECT_TRUE(refused([](StoreIndex& i) { i.streams[0].name = "smell"; }));
    EXPECT_TRUE(refused([](StoreIndex& i) { i.streams.push_back({"words", 1}); }));
    EXPECT_TRUE(refused([](StoreIndex& i) { i.streams = {{"speech", 0}}; }));
    EXPECT_TRUE(refused([](StoreIndex& i) { i.streams = {{"speech", std::int64_t{1} << 40}}; }));
    EXPECT_TRUE(refused([](StoreIndex& i) { i.windows.stride = 0; }));
    EXPECT_TRUE(refused([](StoreIndex& i) { i.windows.length = -5; }));
}

TEST(StoreFormat, AFolderWithoutAStoreSaysHowToMakeOne) {
    const test::TemporaryFolder folder;
    const auto store = WindowStore::open(folder.path());
    ASSERT_FALSE(store.ok());
    EXPECT_EQ(store.error().code(), ErrorCode::NotFound);
    EXPECT_THAT(store.error().message(), HasSubstr("gesture-train prepare"));
    test::writeText(folder / "store.bin", "something else");
    const auto other = WindowStore::open(folder.path());
    ASSERT_FALSE(other.ok());
    EXPECT_EQ(other.error().code(), ErrorCode::InvalidInput);
    test::writeText(folder / "store.bin", "");
    EXPECT_FALSE(WindowStore::open(folder.path()).ok());
}

} // namespace
} // namespace gesture::training

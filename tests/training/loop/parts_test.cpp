// SPDX-License-Identifier: Apache-2.0
// The loop's parts, each by itself.
#include "tests/support/golden_values.h"
#include "tests/support/temporary_folder.h"
#include "tests/training/loop/tiny_stage.h"
#include "training/loop/adam.h"
#include "training/loop/event_file.h"
#include "training/loop/gradients.h"
#include "training/loop/loss_scale.h"
#include "training/loop/parameter_average.h"
#include "training/loop/prefetcher.h"
#include "training/loop/rank_place.h"
#include "training/loop/run_log.h"
#include "training/loop/schedule.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/zeros.h>
#include <gmock/gmock.h>

#include <fstream>
#include <iterator>
#include <limits>

namespace gesture::training {
namespace {

using ::testing::HasSubstr;

at::Tensor goldenGradient(int step, std::vector<std::int64_t> shape) {
    at::Tensor tensor = at::empty(shape);
    for (std::int64_t i = 0; i < tensor.numel(); ++i)
        tensor.mutable_data_ptr<float>()[i] =
            static_cast<float>((i * 37 + step * 101) % 64 - 31) / 32.0F;
    return tensor;
}

at::Tensor goldenStart(std::vector<std::int64_t> shape) {
    at::Tensor tensor = at::empty(shape);
    for (std::int64_t i = 0; i < tensor.numel(); ++i)
        tensor.mutable_data_ptr<float>()[i] = static_cast<float>((i * 53) % 128 - 64) / 64.0F;
    return tensor.requires_grad_(true);
}

void expectClose(const std::vector<NamedTensor>& tensors, const std::vector<float>& wanted,
                 std::size_t begin, bool gradients) {
    std::size_t at = begin;
    for (const NamedTensor& named : tensors) {
        const at::Tensor values = gradients ? named.tensor.grad() : named.tensor.detach();
        for (std::int64_t i = 0; i < values.numel(); ++i, ++at) {
            const float value = values.const_data_ptr<float>()[i];
            EXPECT_NEAR(value, wanted.at(at), 2e-7F) << named.name << " " << i;
        }
    }
    EXPECT_EQ(at, wanted.size());
}

void expectLikeTorch(const std::string& golden, const Adam::Options& options) {
    std::vector<NamedTensor> parameters{{"a", goldenStart({3, 4})}, {"b", goldenStart({5})}};
    Adam adam(parameters, options);
    for (int step = 0; step < 5; ++step) {
        parameters[0].tensor.mutable_grad() = goldenGradient(step, {3, 4});
        parameters[1].tensor.mutable_grad() =
            step % 2 == 0 ? goldenGradient(step + 7, {5}) : at::Tensor();
        adam.step(0.01 / (1 + step));
    }
    expectClose(parameters, gesture::test::goldenValues("training/adam.txt").at(golden), 0, false);
}

TEST(Adam, MovesAsTorchsDoes) {
    expectLikeTorch("adam", {0.5, 0.999, 1e-8, 0.0, Adam::Decay::InGradients});
    expectLikeTorch("adam_decay", {0.9, 0.98, 1e-6, 0.1, Adam::Decay::InGradients});
    expectLikeTorch("adamw", {0.9, 0.999, 1e-8, 0.1, Adam::Decay::Apart});
}

TEST(Gradients, AreShortenedAsTorchDoes) {
    for (const auto& [golden, longest] :
         std::vector<std::pair<std::string, double>>{{"clip_short", 0.99}, {"clip_long", 100.0}}) {
        const auto wanted = gesture::test::goldenValues("training/adam.txt").at(golden);
        std::vector<NamedTensor> parameters{{"a", goldenStart({12})}, {"b", goldenStart({5})}};
        parameters[0].tensor.mutable_grad() = goldenGradient(1, {12});
        parameters[1].tensor.mutable_grad() = goldenGradient(2, {5});
        EXPECT_NEAR(clipGradients(parameters, longest), wanted.at(0), 1e-6);
        expectClose(parameters, wanted, 1, true);
    }
}

TEST(Gradients, TheFirstThatIsNoNumberIsNamed) {
    std::vector<NamedTensor> parameters{
        {"a", goldenStart({12})}, {"b", goldenStart({5})}, {"c", goldenStart({5})}};
    parameters[0].tensor.mutable_grad() = goldenGradient(1, {12});
    EXPECT_FALSE(firstBadGradient(parameters));
    for (std::size_t i : {2U, 1U}) {
        parameters[i].tensor.mutable_grad() = goldenGradient(2, {5});
        parameters[i].tensor.mutable_grad()[3] = std::numeric_limits<float>::infinity();
    }
    EXPECT_EQ(firstBadGradient(parameters), "b");
    EXPECT_FALSE(std::isfinite(clipGradients(parameters, 1.0)));
    EXPECT_EQ(firstBadGradient(parameters), "b");
}

TEST(Schedule, RatesFollowTheirKind) {
    Schedule schedule;
    schedule.rate = 0.1;
    EXPECT_DOUBLE_EQ(schedule.rateAt(12345, 10, 100), 0.1);
    schedule.kind = Schedule::Kind::Step;
    schedule.factor = 0.3;
    schedule.everyEpochs = 2;
    EXPECT_DOUBLE_EQ(schedule.rateAt(19, 10, 100), 0.1);
    EXPECT_DOUBLE_EQ(schedule.rateAt(20, 10, 100), 0.03);
    EXPECT_DOUBLE_EQ(schedule.rateAt(40, 10, 100), 0.1 * 0.3 * 0.3);
    schedule.kind = Schedule::Kind::Cosine;
    schedule.warmUp = 10;
    schedule.floor = 0.1;
    EXPECT_DOUBLE_EQ(schedule.rateAt(0, 10, 110), 0.01);
    EXPECT_DOUBLE_EQ(schedule.rateAt(9, 10, 110), 0.1);
    EXPECT_DOUBLE_EQ(schedule.rateAt(10, 10, 110), 0.1);
    EXPECT_NEAR(schedule.rateAt(60, 10, 110), 0.055, 1e-12);
    EXPECT_NEAR(schedule.rateAt(110, 10, 110), 0.01, 1e-12);
}

TEST(LossScale, HalvesOnOverflowAndDoublesAfterAWhile) {
    LossScale scale;
    scale.update(LossScale::Gradients::Overflowed);
    EXPECT_EQ(scale.scale, 32768.0);
    for (int i = 0; i < 1999; ++i)
        scale.update(LossScale::Gradients::Finite);
    EXPECT_EQ(scale.scale, 32768.0);
    scale.update(LossScale::Gradients::Finite);
    EXPECT_EQ(scale, (LossScale{65536.0, 0}));
    for (int i = 0; i < 16; ++i)
        scale.update(LossScale::Gradients::Overflowed);
    EXPECT_FALSE(scale.exhausted());
    scale.update(LossScale::Gradients::Overflowed);
    EXPECT_TRUE(scale.exhausted());
}

TEST(ParameterAverage, FollowsSlowlyAndChangesPlaces) {
    std::vector<NamedTensor> parameters{{"a", at::zeros({2}).requires_grad_(true)}};
    ParameterAverage average(parameters, 0.75);
    parameters[0].tensor.detach().fill_(8.0);
    average.follow();
    average.follow();
    EXPECT_FLOAT_EQ(average.state()[0].tensor[0].item().toFloat(), 3.5F);
    average.exchange();
    EXPECT_FLOAT_EQ(parameters[0].tensor[0].item().toFloat(), 3.5F);
    average.exchange();
    EXPECT_FLOAT_EQ(parameters[0].tensor[1].item().toFloat(), 8.0F);
}

TEST(Prefetcher, GivesBatchesInOrderAndErrorsAtTheirPlace) {
    test::TinyOptions options;
    options.brokenDataStep = 7;
    const auto data = test::makeTinyData(options);
    Prefetcher batches(*data, {2, 10, {0, 1}, 2});
    for (std::int64_t step = 2; step < 7; ++step) {
        const auto batch = batches.next();
        ASSERT_TRUE(batch.ok());
        EXPECT_TRUE(batch->at("x").equal(data->at(step, {})->at("x"))) << step;
    }
    for (int again = 0; again < 2; ++again) {
        const auto broken = batches.next();
        ASSERT_FALSE(broken.ok());
        EXPECT_EQ(broken.error().message(), "The tiny data is gone.");
    }
    const Prefetcher unread(*data, {0, 100, {0, 1}, 2}); // ends though nobody takes its batches
}

Environment variables(std::map<std::string, std::string> values) {
    return [values = std::move(values)](const char* name) -> std::optional<std::string> {
        const auto found = values.find(name);
        if (found == values.end()) return std::nullopt;
        return found->second;
    };
}

TEST(RankPlace, IsReadFromTorchrunOrSrun) {
    EXPECT_EQ(*rankPlaceFrom(variables({})), RankPlace{});
    const auto torchrun = rankPlaceFrom(variables({{"RANK", "3"},
                                                   {"WORLD_SIZE", "4"},
                                                   {"LOCAL_RANK", "1"},
                                                   {"MASTER_ADDR", "gpu1"},
                                                   {"MASTER_PORT", "29500"},
                                                   {"TORCHELASTIC_USE_AGENT_STORE", "True"},
                                                   {"TORCHELASTIC_RESTART_COUNT", "2"}}));
    ASSERT_TRUE(torchrun.ok());
    EXPECT_EQ(*torchrun, (RankPlace{3, 4, 1, "gpu1", 29500, true, "2"}));
    std::map<std::string, std::string> slurm{{"SLURM_PROCID", "5"},
                                             {"SLURM_NTASKS", "8"},
                                             {"SLURM_LOCALID", "1"},
                                             {"SLURM_JOB_ID", "1234"},
                                             {"SLURM_JOB_NODELIST", "gpu[07-09]"}};
    EXPECT_EQ(*rankPlaceFrom(variables(slurm)), RankPlace{}); // a batch script, not a task
    slurm["SLURM_STEP_ID"] = "0";
    const auto srun = rankPlaceFrom(variables(slurm));
    ASSERT_TRUE(srun.ok());
    EXPECT_EQ(*srun, (RankPlace{5, 8, 1, "gpu07", 15000 + 1234 * 31 % 15000, false, "0"}));
}

TEST(RankPlace, NonsenseIsNamed) {
    const auto rank = rankPlaceFrom(variables({{"RANK", "4"}, {"WORLD_SIZE", "4"}}));
    ASSERT_FALSE(rank.ok());
    EXPECT_EQ(rank.error().code(), ErrorCode::Usage);
    EXPECT_THAT(rank.error().message(), HasSubstr("RANK must be a whole number from 0 to 3"));
    const auto host = rankPlaceFrom(variables({{"RANK", "0"}, {"WORLD_SIZE", "2"}}));
    ASSERT_FALSE(host.ok());
    EXPECT_THAT(host.error().message(), HasSubstr("MASTER_ADDR is not set"));
}

TEST(RankPlace, TheFirstHostOfAListIsFound) {
    EXPECT_EQ(firstHost("alone"), "alone");
    EXPECT_EQ(firstHost("a,b[1-2]"), "a");
    EXPECT_EQ(firstHost("gpu[07-09,12],login"), "gpu07");
    EXPECT_EQ(firstHost("gpu[3,5]-ib"), "gpu3-ib");
    EXPECT_EQ(firstHost("gpu["), "");
    EXPECT_EQ(firstHost(""), "");
}

std::string hexOf(std::string_view bytes) {
    std::string hex;
    for (const char byte : bytes) {
        constexpr std::string_view kDigits = "0123456789abcdef";
        hex += kDigits[static_cast<unsigned char>(byte) >> 4U];
        hex += kDigits[static_cast<unsigned char>(byte) & 15U];
    }
    return hex;
}

// Written by TensorBoard 2.21 (tests/golden/make_event_golden.py).
constexpr std::string_view kVersionRecord =
    "1800000000000000a37f4b2209000000000000f83f1a0d627261696e2e4576656e743a322a28646c";
constexpr std::string_view kScalarRecord =
    "2b00000000000000861bc34b09000000000000044010ac022a1d0a110a0a747261696e2f6c6f7373"
    "150000403f0a080a016215000080bf1302604e";

TEST(EventFile, BytesAreThoseThatTensorBoardWrites) {
    EXPECT_EQ(crc32c("123456789"), 0xE3069283U); // the check value of CRC-32C
    EXPECT_EQ(hexOf(eventRecord(versionEvent(1.5))), kVersionRecord);
    EXPECT_EQ(hexOf(eventRecord(scalarEvent(2.5, 300, {{"train/loss", 0.75}, {"b", -1.0}}))),
              kScalarRecord);
}

TEST(EventFile, GoesOnBehindAStepAndDropsWhatWasCutOff) {
    std::string file = eventRecord(versionEvent(0.0));
    for (std::int64_t step = 1; step <= 3; ++step)
        file += eventRecord(scalarEvent(0.0, step, {{"loss", 1.0}}));
    EXPECT_EQ(eventsUntil(file, 3), file);
    const std::string two = file.substr(0, eventsUntil(file, 2).size());
    EXPECT_EQ(two + eventRecord(scalarEvent(0.0, 3, {{"loss", 1.0}})), file);
    for (std::size_t length = 0; length < file.size(); ++length) {
        const std::string_view kept = eventsUntil(std::string_view(file).substr(0, length), 3);
        EXPECT_LE(kept.size(), length);
        EXPECT_EQ(eventsUntil(kept, 3), kept);
    }
    std::string damaged = file;
    for (std::size_t at = 0; at < file.size(); ++at) {
        damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
        EXPECT_LT(eventsUntil(damaged, 3).size(), file.size());
        damaged[at] = file[at];
    }
}

std::string contentOf(const std::filesystem::path& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

TrainingEvent stepEvent(std::int64_t step) {
    StepsDone done;
    done.step = step;
    done.figures = {{"loss, all", 0.5}};
    return {1.0, done};
}

TEST(RunLog, NoStepOccursTwiceWhenARunGoesOn) {
    const gesture::test::TemporaryFolder folder;
    {
        auto log = RunLog::open(folder.path(), 0);
        ASSERT_TRUE(log.ok());
        for (std::int64_t step : {10, 20, 30})
            ASSERT_TRUE(log->write(stepEvent(step)).ok());
    }
    std::ofstream(folder / "log.jsonl", std::ios::app) << R"({"time":1,"event":"ste)";
    std::ofstream(folder / "figures.csv", std::ios::app) << "40,tra";
    {
        auto log = RunLog::open(folder.path(), 20);
        ASSERT_TRUE(log.ok());
        ASSERT_TRUE(log->write(stepEvent(30)).ok());
    }
    const std::string lines = contentOf(folder / "log.jsonl");
    EXPECT_EQ(lines, formatTrainingEvent(stepEvent(10)) + "\n" +
                         formatTrainingEvent(stepEvent(20)) + "\n" +
                         formatTrainingEvent(stepEvent(30)) + "\n");
    const std::string table = contentOf(folder / "figures.csv");
    EXPECT_THAT(table, HasSubstr("step,split,figure,value\n10,train,\"loss, all\",0.5\n"));
    EXPECT_EQ(table.find("40,"), std::string::npos);
    EXPECT_EQ(table.find("30,train,learning_rate"), table.rfind("30,train,learning_rate"));
    EXPECT_EQ(folder.entryCount(), 3);
}

} // namespace
} // namespace gesture::training

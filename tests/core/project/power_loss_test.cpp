// SPDX-License-Identifier: Apache-2.0
// What a disk may hold after a loss of power: everything that was synced, and of what was written
// since any part, in any order, torn inside a block. Each such image must open to a state that was
// committed, and to no older one than the last that was promised.
#include "core/project/project.h"
#include "tests/core/project/example_project.h"
#include "tests/core/project/faulty_vfs.h"
#include "tests/core/project/random_edits.h"
#include "tests/support/temporary_folder.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <random>

namespace gesture::project {
namespace {

using test::FaultyVfs;
using test::FileOperation;
using test::hashOfState;
using test::TemporaryFolder;
using Kind = FileOperation::Kind;

constexpr std::size_t kSector = 512;

/// A file on a disk without power.
struct Image {
    std::vector<std::byte> bytes;
    bool exists = false;
};

void applyTo(Image& image, const FileOperation& operation, std::size_t first, std::size_t count) {
    image.exists = true;
    const auto at = static_cast<std::size_t>(operation.offset);
    if (operation.kind == Kind::Truncate) {
        image.bytes.resize(std::min(image.bytes.size(), at));
        return;
    }
    image.bytes.resize(std::max(image.bytes.size(), at + first + count));
    std::copy_n(operation.bytes.begin() + static_cast<std::ptrdiff_t>(first), count,
                image.bytes.begin() + static_cast<std::ptrdiff_t>(at + first));
}

/// What is on the disk after the first `count` operations.
class Disk {
public:
    Disk(const std::vector<FileOperation>& operations, std::size_t count, std::mt19937_64& random)
        : random_(random) {
        for (std::size_t i = 0; i < count; ++i)
            take(operations[i]);
        for (auto& [file, pending] : pending_)
            loseSome(images_[file], pending);
    }

    void writeTo(const std::filesystem::path& folder) const {
        for (const auto& [file, image] : images_) {
            if (!image.exists) continue;
            std::ofstream stream(folder / file, std::ios::binary);
            stream.write(reinterpret_cast<const char*>(image.bytes.data()),
                         static_cast<std::streamsize>(image.bytes.size()));
        }
    }

private:
    void take(const FileOperation& operation) {
        auto& pending = pending_[operation.file];
        switch (operation.kind) {
        case Kind::Write:
        case Kind::Truncate:
            pending.push_back(&operation);
            return;
        case Kind::Sync:
            for (const FileOperation* written : pending)
                applyTo(images_[operation.file], *written, 0, written->bytes.size());
            images_[operation.file].exists = true;
            pending.clear();
            return;
        case Kind::Delete:
            images_[operation.file] = {};
            pending.clear();
            return;
        case Kind::Mark:
            return;
        }
    }

    void loseSome(Image& image, std::vector<const FileOperation*> pending) {
        if (random_() % 3 == 0) std::shuffle(pending.begin(), pending.end(), random_);
        for (const FileOperation* operation : pending) {
            const std::size_t size = operation->bytes.size();
            const std::uint64_t fate = random_() % 4;
            if (fate == 0) continue;
            if (fate == 1 && size > 0) {
                // Torn: some blocks arrive, and the last of them only in part.
                for (std::size_t at = 0; at < size; at += kSector) {
                    if (random_() % 2 == 0) continue;
                    const std::size_t whole = std::min(kSector, size - at);
                    applyTo(image, *operation, at, random_() % 4 == 0 ? whole / 2 : whole);
                }
                continue;
            }
            applyTo(image, *operation, 0, size);
        }
    }

    std::mt19937_64& random_;
    std::map<std::string, Image> images_;
    std::map<std::string, std::vector<const FileOperation*>> pending_;
};

/// A session that was watched: operations, and the states at its marks.
struct Session {
    std::vector<FileOperation> operations;
    std::vector<std::string> states; ///< By mark.
    std::vector<bool> promised;      ///< That it reached the disk, by mark.
};

Session watchSession(std::uint64_t seed) {
    Session session;
    TemporaryFolder folder;
    FaultyVfs& disk = FaultyVfs::instance();
    disk.startRecording();
    OpenOptions options;
    options.vfs = FaultyVfs::name();
    {
        Project project = Project::create(folder / "p.gesture", {}, options).value();
        const auto mark = [&](bool promised) {
            session.states.push_back(hashOfState(project));
            session.promised.push_back(promised);
            disk.mark(static_cast<std::int64_t>(session.states.size()) - 1);
        };
        mark(true);
        test::RandomEdits edits(seed);
        for (int i = 0; i < 40; ++i) {
            // Drags are promised at their end only; here every third step ends one.
            const bool ok = edits.step(project).ok();
            const bool ended = i % 3 == 0 && project.endGesture().ok();
            EXPECT_TRUE(ok);
            mark(ended);
        }
        EXPECT_TRUE(project.close().ok());
        mark(true);
    }
    session.operations = disk.stopRecording();
    return session;
}

/// Last mark, and last promise, among the first operations; -1: none.
struct Known {
    std::int64_t last = -1;
    std::int64_t promised = -1;
};
Known knownAt(const Session& session, std::size_t count) {
    Known known;
    for (std::size_t i = 0; i < count; ++i) {
        if (session.operations[i].kind != Kind::Mark) continue;
        known.last = session.operations[i].mark;
        if (session.promised[static_cast<std::size_t>(known.last)]) known.promised = known.last;
    }
    return known;
}

TEST(PowerLoss, EveryImageOfTheDiskOpensToACommittedState) {
    const char* wanted = std::getenv("GESTURE_POWER_LOSSES");
    const int images = wanted != nullptr ? std::atoi(wanted) : 150;
    constexpr int kImagesPerSession = 50;
    std::mt19937_64 random(11);
    int opened = 0;
    for (int i = 0; i < images;) {
        const Session session = watchSession(random());
        for (int k = 0; k < kImagesPerSession && i < images; ++k, ++i) {
            const std::size_t count = random() % session.operations.size();
            const Known known = knownAt(session, count);
            TemporaryFolder folder;
            Disk(session.operations, count, random).writeTo(folder.path());
            auto project = Project::open(folder / "p.gesture");
            if (!project) {
                // Only before the project was said to be made.
                EXPECT_EQ(known.promised, -1) << project.error().message();
                continue;
            }
            ++opened;
            const std::string hash = hashOfState(*project);
            bool found = known.promised < 0;
            const auto end = std::min<std::int64_t>(known.last + 2, std::ssize(session.states));
            for (std::int64_t at = std::max<std::int64_t>(known.promised, 0); at < end; ++at)
                found = found || session.states[static_cast<std::size_t>(at)] == hash;
            EXPECT_TRUE(found) << "image " << i << ", operation " << count;
            ASSERT_TRUE(project->perform(SetName{"goes on"}).ok());
            ASSERT_TRUE(project->close().ok());
            EXPECT_EQ(test::askSql(folder / "p.gesture", "PRAGMA integrity_check"), "ok");
        }
    }
    EXPECT_GT(opened, images / 2);
}

} // namespace
} // namespace gesture::project

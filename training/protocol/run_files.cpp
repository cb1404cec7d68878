// SPDX-License-Identifier: Apache-2.0
#include "training/protocol/run_files.h"

#include <fcntl.h>
#include <unistd.h>

namespace gesture::training {

bool isRunning(const std::filesystem::path& folder) {
    const int lock = ::open((folder / kRunLockFile).c_str(), O_RDONLY | O_CLOEXEC);
    if (lock < 0) return false;
    struct flock whole {};
    whole.l_type = F_RDLCK;
    whole.l_whence = SEEK_SET;
    const bool known = ::fcntl(lock, F_OFD_GETLK, &whole) == 0;
    ::close(lock);
    return known && whole.l_type != F_UNLCK;
}

} // namespace gesture::training

"""The folder of results: what gives way, what stays, what is in the way, who may write."""

import errno
import stat

import pytest

from iom.documents.plan import folder as folders
from iom.documents.plan.folder import FolderBusy, results_folder, stands_in_the_way


def make_run(folder, *documents):
    for name in documents:
        (folder.staging / "routes" / name).write_text(name, encoding="utf-8")
    (folder.staging / "routes.xlsx").write_text("book", encoding="utf-8")
    (folder.staging / "summary.json").write_text("{}", encoding="utf-8")


def test_a_run_is_published_whole_and_nothing_else_stays(tmp_path):
    with results_folder(tmp_path / "new" / "out") as folder:
        make_run(folder, "1_A.docx")
        assert folder.old_documents() is None
        assert stat.S_IMODE(folder.staging.stat().st_mode) == 0o700  # results of people, half made
        folder.publish()

    out = tmp_path / "new" / "out"
    assert sorted(path.relative_to(out).as_posix() for path in out.rglob("*")) == [
        "routes",
        "routes.xlsx",
        "routes/1_A.docx",
        "summary.json",
    ]


def test_documents_of_the_old_run_go_and_files_of_people_stay(tmp_path):
    with results_folder(tmp_path) as folder:
        make_run(folder, "1_A.docx", "2_B.docx")
        folder.publish()
    (tmp_path / "routes" / "Приказ.docx").write_text("order", encoding="utf-8")
    (tmp_path / "routes" / "архив").mkdir()
    with results_folder(tmp_path) as folder:
        make_run(folder, "1_C.docx")
        assert folder.old_documents() == 2
        folder.publish()

    assert {path.name for path in (tmp_path / "routes").iterdir()} == {"1_C.docx", "Приказ.docx", "архив"}


def test_what_is_not_published_disappears_and_a_folder_made_for_it_too(tmp_path):
    with pytest.raises(FileExistsError), results_folder(tmp_path / "out") as folder:
        (folder.staging / "routes").mkdir()  # it is there already
    assert not (tmp_path / "out").exists()

    (tmp_path / "own").mkdir()
    with results_folder(tmp_path / "own"):
        pass
    assert list((tmp_path / "own").iterdir()) == []


def test_two_runs_do_not_share_a_folder_and_the_first_is_not_disturbed(tmp_path):
    with results_folder(tmp_path) as folder:
        make_run(folder, "1_A.docx")
        with pytest.raises(FolderBusy), results_folder(tmp_path):
            pass
        folder.publish()

    assert (tmp_path / "routes" / "1_A.docx").exists()
    with results_folder(tmp_path):
        pass


def test_a_disk_without_locks_is_written_all_the_same(tmp_path, monkeypatch):
    def refuse(*_arguments):
        raise OSError(errno.ENOLCK, "no locks available")

    monkeypatch.setattr(folders.fcntl, "flock", refuse)
    with results_folder(tmp_path) as folder:
        make_run(folder)
        folder.publish()

    assert (tmp_path / "summary.json").exists()


@pytest.mark.parametrize("name", ["routes.xlsx", "summary.json"])
def test_a_folder_in_the_place_of_a_file_is_in_the_way(tmp_path, name):
    (tmp_path / name).mkdir()

    assert stands_in_the_way(tmp_path) == tmp_path / name


def test_a_file_in_the_place_of_a_folder_is_in_the_way(tmp_path):
    assert stands_in_the_way(tmp_path) is None
    assert stands_in_the_way(tmp_path / "none") is None
    (tmp_path / "routes").write_text("", encoding="utf-8")
    assert stands_in_the_way(tmp_path) == tmp_path / "routes"
    assert stands_in_the_way(tmp_path / "routes") == tmp_path / "routes"

from data.store.budgets import publish_reading
from data.store.database import Store
from data.store.viewer import Viewer
from tests.data.store.readings import make_reading


def test_the_same_file_again_writes_nothing(store: Store, viewer: Viewer) -> None:
    first = publish_reading(store, viewer, make_reading())
    revision = store.revision("harlow")
    again = publish_reading(store, viewer, make_reading())
    assert again.already
    assert again.upload_id == first.upload_id
    assert store.revision("harlow") == revision

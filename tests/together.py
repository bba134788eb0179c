"""Work done at the same moment, each in a thread and a connection of its own."""

from threading import Barrier, Thread

from django.db import connection


def at_once(*works):
    """What each returned, or the class of what it raised, in their order; for ``django_db(transaction=True)``."""
    together, told = Barrier(len(works)), [None] * len(works)

    def work(place):
        try:
            together.wait()
            told[place] = works[place]()
        except Exception as error:
            told[place] = type(error)
        finally:
            connection.close()

    threads = [Thread(target=work, args=[place]) for place in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told

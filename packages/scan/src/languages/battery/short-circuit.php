<?php

function allowed($actor, $doc)
{
    return ($actor->admin || $actor->id === $doc->owner) && !$doc->locked;
}
